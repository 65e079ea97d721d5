import type { Line, Story } from '../../model/testing.ts';
import type { PropertyId } from '../catalogue.ts';

/** What happens, and the step after it that counts. */
export type Told = readonly [before: Story, step: Line];

/** A step that puts a property to the test, and one that is nearly the same and does not. */
export interface Pair {
  readonly id: PropertyId;
  /** The part of the premise that tells the two apart. */
  readonly since: string;
  readonly meets: Told;
  readonly misses: Told;
  /** Asked alone, of steps that other rules refuse. */
  readonly alone?: true;
  /** The step that meets the premise breaks the property. */
  readonly breaks?: true;
}
