import { mutantOf } from '../parts/mutant.ts';

/** What a reset should forget. */
const resets = { next: 0 };

export const mutant = mutantOf({
  name: 'chance-survives-a-reset',
  sentence: 'Samples go on from one scenario to the next.',
  rule: 'determinism',
  fault: () => {
    const before = resets.next++;
    return { reads: (configuration) => ({ ...configuration, seed: configuration.seed + before }) };
  },
});
