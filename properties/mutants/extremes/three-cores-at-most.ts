import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'three-cores-at-most',
  sentence: 'A machine runs three at most, however many cores it has.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { willRun: willRunBy({ cores: ({ cores }) => Math.min(cores, 3) }) } }),
});
