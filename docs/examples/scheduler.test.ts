import { createXX, describeScheduler, referencePolicies, type Scheduler } from 'xx-spec';

/**
 * The whole catalogue against a scheduler of your own: one test for each property. Here it is a variant of the
 * reference that prefers, of machines equally idle, the one with the highest number.
 */
function createMine(): Scheduler {
  return createXX({
    name: 'highest-number-first',
    policies: {
      ...referencePolicies,
      listedBefore: (a, b) =>
        a.functions === b.functions ? a.machine > b.machine : a.functions < b.functions,
    },
  });
}

describeScheduler(createMine, { runs: 250, seed: 1, counterexamples: null });
