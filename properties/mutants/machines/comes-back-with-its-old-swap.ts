import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'comes-back-with-its-old-swap',
  sentence: 'A machine that joins again has the swap that it had before.',
  rule: 'kill-iff',
  fault: () => ({
    hears({ stimulus, state }) {
      if (stimulus.type !== 'join') return [stimulus];
      const { swap } = state.machines[stimulus.machine] ?? stimulus;
      return [{ ...stimulus, swap }];
    },
  }),
});
