import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'the-passed-over-keep-memory-from-their-own-class',
  sentence: 'An invocation that is passed over keeps its RAM from its own class too.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { willRun: willRunBy({ holdsAtOnce: true }) } }),
});
