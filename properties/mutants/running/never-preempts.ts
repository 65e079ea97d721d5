import { mutantOf } from '../mutant.ts';
import { runningFirst, willRunBy } from '../will-run.ts';

export const mutant = mutantOf({
  name: 'never-preempts',
  sentence: 'Whoever runs keeps its core until it ends or blocks.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { willRun: willRunBy({ order: runningFirst }) } }),
});
