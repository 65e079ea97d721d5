import { mutantOf } from '../parts/mutant.ts';
import { pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'grants-after-it-starts',
  sentence: 'Those that have their memory start before RAM is given to the others.',
  rule: 'grant-to-run',
  fault: pagesBy({ stages: ['preempt', 'start', 'grant', 'transfer', 'start'] }),
});
