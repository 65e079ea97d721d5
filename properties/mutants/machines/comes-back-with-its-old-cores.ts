import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'comes-back-with-its-old-cores',
  sentence: 'A machine that joins again has the cores that it had before.',
  rule: 'start-highest',
  fault: () => ({
    hears({ stimulus, state }) {
      if (stimulus.type !== 'join') return [stimulus];
      const { cores } = state.machines[stimulus.machine] ?? stimulus;
      return [{ ...stimulus, cores }];
    },
  }),
});
