import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'the-preempted-never-come-back',
  sentence: 'An invocation that was preempted is not started again, though its core is free.',
  rule: 'run-the-highest',
  fault: () => {
    const preempted = new Set<number>();
    return {
      policies: {
        willRun: willRunBy({
          fits: ({ id, demand }, roomMb) => !preempted.has(id) && demand <= roomMb,
        }),
      },
      says(decisions) {
        for (const decision of decisions) if (decision.type === 'preempt') preempted.add(decision.id);
        return [...decisions];
      },
    };
  },
});
