import { mutantOf } from '../parts/mutant.ts';
import { runningFirst, willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'never-preempts-its-own-class',
  sentence:
    'An invocation that runs keeps its core from those of its own class, though one that came before it fits now.',
  rule: 'run-the-highest',
  fault: () => ({
    policies: { willRun: willRunBy({ order: (a, b) => b.priority - a.priority || runningFirst(a, b) }) },
  }),
});
