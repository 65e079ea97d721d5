import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'needs-a-mb-less-than-it-does',
  sentence: 'An invocation that lacks a single MB of RAM runs all the same.',
  rule: 'start-highest',
  fault: () => ({ policies: { willRun: willRunBy({ fits: ({ demand }, roomMb) => demand <= roomMb + 1 }) } }),
});
