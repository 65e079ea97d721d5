import { mutantOf } from '../parts/mutant.ts';
import { pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-before-it-grants',
  sentence: 'A transfer begins before RAM is given to those that asked for it.',
  rule: 'grant-to-run',
  fault: pagesBy({ stages: ['transfer', 'grant', 'preempt', 'start'] }),
});
