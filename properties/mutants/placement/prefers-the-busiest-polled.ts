import { mutantOf } from '../parts/mutant.ts';
import type { SeenMachine } from '../parts/will-run.ts';

const load = ({ runnable, blocked }: SeenMachine): number => -runnable.length - blocked.length;

export const mutant = mutantOf({
  name: 'prefers-the-busiest-polled',
  sentence: 'Of the machines polled the one with the most functions is taken.',
  rule: 'place-least-loaded',
  fault: () => ({
    policies: {
      choosePolled: (state, polled) =>
        polled.reduce((a, b) => (load(state.machines[b]!) < load(state.machines[a]!) ? b : a)),
    },
  }),
});
