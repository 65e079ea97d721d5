import { createXX, describeScheduler, type Goal } from 'xx-spec';

/**
 * Goals of your own beside the catalogue: a predicate on the state after a step, and on the step, with a name. Each is a
 * test of its own, and fails when no scenario met it.
 */
const goals: Goal[] = [
  {
    name: 'a machine is full to the last MB, RAM and swap',
    met: ({ machines }) =>
      machines.some(({ ram, swap, antagonist, demand }) => swap > 0 && demand === ram - antagonist + swap),
  },
  {
    name: 'a tenant that has spent its budget to the pico-cent submits again',
    met: ({ tenants }, { stimulus }) => {
      if (stimulus.type !== 'submit') return false;
      const { budget, spent } = tenants[stimulus.tenant]!;
      return budget !== null && budget > 0 && spent === budget;
    },
  },
];

describeScheduler(() => createXX(), { runs: 250, seed: 1, counterexamples: null, goals });
