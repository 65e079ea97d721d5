import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'fits-what-is-resident',
  sentence: 'Whether one fits is asked of what it has in RAM, and not of what it needs.',
  rule: 'page-in-to-run',
  fault: () => ({ policies: { willRun: willRunBy({ fits: ({ resident }, roomMb) => resident <= roomMb }) } }),
});
