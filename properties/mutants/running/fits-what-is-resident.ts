import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'fits-what-is-resident',
  sentence: 'Whether an invocation fits is decided by what it has in RAM, not by what it needs.',
  rule: 'page-in-to-run',
  fault: () => ({ policies: { willRun: willRunBy({ fits: ({ resident }, roomMb) => resident <= roomMb }) } }),
});
