import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'one-core-too-few',
  sentence: 'A machine of several cores keeps one of them free.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { willRun: willRunBy({ cores: (machine) => Math.max(1, machine.cores - 1) }) } }),
});
