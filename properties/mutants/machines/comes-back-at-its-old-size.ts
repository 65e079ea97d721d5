import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'comes-back-at-its-old-size',
  sentence: 'A machine that joins again has the size that it had before.',
  rule: 'idle-list-true',
  fault: () => ({
    hears({ stimulus, state }) {
      if (stimulus.type !== 'join') return [stimulus];
      const { cores, ram, swap } = state.machines[stimulus.machine] ?? stimulus;
      return [{ ...stimulus, cores, ram, swap }];
    },
  }),
});
