import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-crashed-machine-keeps-its-work',
  sentence: 'A machine that crashes keeps what lives there, as if it only drained.',
  rule: 'answered',
  fault: () => ({
    hears: ({ stimulus, state }) => [
      stimulus.type === 'crash' && state.machines[stimulus.machine]!.status === 'up'
        ? { type: 'drain', machine: stimulus.machine }
        : stimulus,
    ],
  }),
});
