import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'smallest-first',
  sentence: 'Within a class the smallest runs first, so that more of them fit.',
  rule: 'preempt-outranked',
  fault: () => ({
    policies: {
      willRun: willRunBy({
        order: (a, b) => b.priority - a.priority || a.demand - b.demand || a.ticket - b.ticket,
      }),
    },
  }),
});
