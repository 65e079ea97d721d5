import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'prefers-the-lowest-id-listed',
  sentence: 'Of an idle list the machine with the lowest id is taken.',
  rule: 'place-least-loaded',
  fault: () => ({ policies: { listedBefore: (a, b) => a.machine < b.machine } }),
});
