import { mutantOf } from '../parts/mutant.ts';
import { runningFirst, willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'never-preempts',
  sentence: 'An invocation that runs keeps its core until it ends or blocks.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { willRun: willRunBy({ order: runningFirst }) } }),
});
