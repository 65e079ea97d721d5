import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'lifo-within-a-class',
  sentence: 'Within a class the newest runs first.',
  rule: 'preempt-outranked',
  fault: () => ({
    policies: { willRun: willRunBy({ order: (a, b) => b.priority - a.priority || b.ticket - a.ticket }) },
  }),
});
