import type { Scenario } from '../../model/configuration.ts';

/** A scenario, and what it covers when it is played again. */
export interface Entry {
  readonly scenario: Scenario;
  readonly features: ReadonlySet<number>;
}
