import { mutantOf } from '../parts/mutant.ts';
import type { SeenMachine } from '../parts/will-run.ts';

const load = ({ running }: SeenMachine): number => running;

export const mutant = mutantOf({
  name: 'counts-the-running-only',
  sentence: 'Of the machines polled the one with the fewest running functions is taken.',
  rule: 'place-least-loaded',
  fault: () => ({
    policies: {
      choosePolled: (state, polled) =>
        polled.reduce((a, b) => (load(state.machines[b]!) < load(state.machines[a]!) ? b : a)),
    },
  }),
});
