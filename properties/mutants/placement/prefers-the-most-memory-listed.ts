import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'prefers-the-most-memory-listed',
  sentence: 'Of an idle list the machine with the most memory is taken.',
  rule: 'place-least-loaded',
  fault: () => ({
    policies: {
      listedBefore: (a, b) =>
        a.available > b.available || (a.available === b.available && a.machine < b.machine),
    },
  }),
});
