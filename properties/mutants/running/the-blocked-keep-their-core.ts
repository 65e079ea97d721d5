import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'the-blocked-keep-their-core',
  sentence: 'An invocation that waits for a callee keeps its core.',
  rule: 'run-the-highest',
  fault: () => ({
    policies: { willRun: willRunBy({ cores: (machine) => machine.cores - machine.blocked.length }) },
  }),
});
