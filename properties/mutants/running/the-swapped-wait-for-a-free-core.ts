import { mutantOf } from '../parts/mutant.ts';
import { byRank, willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'the-swapped-wait-for-a-free-core',
  sentence: 'An invocation whose memory is in swap comes back when a core is free, and preempts nobody.',
  rule: 'run-the-highest',
  fault: () => ({
    policies: {
      willRun: willRunBy({
        order: (a, b) => Number(a.resident < a.demand) - Number(b.resident < b.demand) || byRank(a, b),
      }),
    },
  }),
});
