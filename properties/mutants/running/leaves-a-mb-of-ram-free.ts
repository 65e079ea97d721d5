import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'leaves-a-mb-of-ram-free',
  sentence: 'An invocation that needs the very last MB of RAM does not run.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { willRun: willRunBy({ fits: ({ demand }, roomMb) => demand < roomMb }) } }),
});
