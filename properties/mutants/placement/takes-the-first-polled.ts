import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'takes-the-first-polled',
  sentence: 'Of the machines polled the first is taken, which is the same as polling one.',
  rule: 'place-least-loaded',
  fault: () => ({ policies: { choosePolled: (_state, polled) => polled[0]! } }),
});
