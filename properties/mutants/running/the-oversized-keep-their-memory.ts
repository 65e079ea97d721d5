import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'the-oversized-keep-their-memory',
  sentence:
    'An invocation that is larger than the RAM there is keeps it all the same, though it cannot run now.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { willRun: willRunBy({ holds: ({ resident }) => resident }) } }),
});
