import { mutantOf } from '../parts/mutant.ts';
import { pagesBy, stays } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'runs-with-memory-that-is-nowhere',
  sentence: 'Memory that is asked for counts as if it were there.',
  rule: 'run-resident',
  fault: pagesBy({ isWhole: (invocation) => stays(invocation) + invocation.fresh === invocation.demand }),
});
