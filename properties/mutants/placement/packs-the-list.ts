import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'packs-the-list',
  sentence: 'Of an idle list the machine with the most functions is taken, to keep the others free.',
  rule: 'place-least-loaded',
  fault: () => ({
    policies: {
      listedBefore: (a, b) =>
        a.functions > b.functions || (a.functions === b.functions && a.machine < b.machine),
    },
  }),
});
