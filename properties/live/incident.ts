import type { Decision } from '../../model/alphabet.ts';
import type { PropertyId } from '../property.ts';
import type { Place } from './doubts.ts';

/**
 * What is wrong with a line of a log. A `violation` is the scheduler's: a property refuses the step. `unreadable` and
 * `impossible` are the log's: a line is no step, or its stimulus is not possible in the state that the lines before have
 * led to.
 */
export interface Incident extends Place {
  readonly type: 'violation' | 'unreadable' | 'impossible';
  /** In ms of virtual time; null where the line does not say. */
  readonly at: number | null;
  /** The property that refuses the step; null unless it is a violation. */
  readonly rule: PropertyId | null;
  /** `invocation 2`, `machine 0`, …; null where nothing is named. */
  readonly entity: string | null;
  readonly message: string;
  /** What would have been permitted instead. */
  readonly allowed: readonly Decision[];
  /** Where the doubt began that this may be due to; null when it is due to nothing before it. */
  readonly mayFollowFrom: Place | null;
  /** How many of its kind there were that may be due to that, with this one; only some of them are told. */
  readonly times: number;
  /** What is taken as given although the log does not have it, or contradicts what it had. */
  readonly believed: readonly string[];
  /** What is in doubt from here on. */
  readonly inDoubt: { readonly invocations: number; readonly machines: number; readonly everything: boolean };
}
