import type { PropertyId } from '../catalogue.ts';

/** Properties that are judged when a whole run is over: playing it once, step by step, does not show them. */
export const OF_WHOLE_RUNS: readonly PropertyId[] = [
  'everything-drains',
  'refuses-alike',
  'stays-exact',
  'immer-equals-direct',
  'determinism',
];
