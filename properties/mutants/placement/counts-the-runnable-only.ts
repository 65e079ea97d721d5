import { mutantOf } from '../parts/mutant.ts';
import type { SeenMachine } from '../parts/will-run.ts';

const load = ({ runnable }: SeenMachine): number => runnable.length;

export const mutant = mutantOf({
  name: 'counts-the-runnable-only',
  sentence: 'Of the machines polled the one with the fewest functions that are not blocked is taken.',
  rule: 'place-least-loaded',
  fault: () => ({
    policies: {
      choosePolled: (state, polled) =>
        polled.reduce((a, b) => (load(state.machines[b]!) < load(state.machines[a]!) ? b : a)),
    },
  }),
});
