import { mutantOf } from '../parts/mutant.ts';
import { pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'preempts-before-it-grants',
  sentence: 'A core is taken from one that has grown before it is given the RAM that is free.',
  rule: 'grant-to-run',
  fault: pagesBy({ stages: ['preempt', 'grant', 'preempt', 'transfer', 'start'] }),
});
