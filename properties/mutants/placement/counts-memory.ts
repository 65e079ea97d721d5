import { mutantOf } from '../parts/mutant.ts';
import type { SeenMachine } from '../parts/will-run.ts';

const load = ({ demand }: SeenMachine): number => demand;

export const mutant = mutantOf({
  name: 'counts-memory',
  sentence: 'Of the machines polled the one with the least memory in use is taken.',
  rule: 'place-least-loaded',
  fault: () => ({
    policies: {
      choosePolled: (state, polled) =>
        polled.reduce((a, b) => (load(state.machines[b]!) < load(state.machines[a]!) ? b : a)),
    },
  }),
});
