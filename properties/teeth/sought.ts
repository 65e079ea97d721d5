import type { PropertyId } from '../catalogue.ts';

/** A property, and what else must be asked beside it for it to be violated. */
export interface Sought {
  readonly property: PropertyId;
  readonly beside: readonly PropertyId[];
}
