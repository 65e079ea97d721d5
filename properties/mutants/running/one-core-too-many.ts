import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'one-core-too-many',
  sentence: 'A machine runs one more than it has cores.',
  rule: 'start-highest',
  fault: () => ({ policies: { willRun: willRunBy({ cores: (machine) => machine.cores + 1 }) } }),
});
