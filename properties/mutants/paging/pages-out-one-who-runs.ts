import { mutantOf } from '../parts/mutant.ts';
import { pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-out-one-who-runs',
  sentence: 'Memory of a running invocation sets out for swap before it is preempted.',
  rule: 'page-out-lowest',
  fault: pagesBy({ stages: ['grant', 'transfer', 'preempt', 'start'] }),
});
