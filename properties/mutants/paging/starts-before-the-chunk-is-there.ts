import { mutantOf } from '../parts/mutant.ts';
import { pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'starts-before-the-chunk-is-there',
  sentence: 'An invocation starts while the last of its memory is still in flight.',
  rule: 'start-highest',
  fault: pagesBy({ isWhole: ({ resident, demand }) => resident === demand }),
});
