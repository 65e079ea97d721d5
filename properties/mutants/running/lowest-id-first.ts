import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'lowest-id-first',
  sentence: 'Within a class the lowest id runs first, as if ids were handed out in order of arrival.',
  rule: 'preempt-outranked',
  fault: () => ({
    policies: { willRun: willRunBy({ order: (a, b) => b.priority - a.priority || a.id - b.id }) },
  }),
});
