import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'waits-for-an-empty-machine',
  sentence: 'A turn places nothing while every machine has something to run.',
  rule: 'answered',
  fault: () => ({
    hears({ stimulus, state }) {
      const busy = state.up.every((machine) => state.machines[machine]!.runnable.length > 0);
      return [stimulus.type === 'turn' && busy ? { type: 'tick' } : stimulus];
    },
  }),
});
