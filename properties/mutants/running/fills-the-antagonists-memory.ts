import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'fills-the-antagonists-memory',
  sentence: 'The choice of who runs ignores the antagonist.',
  rule: 'start-highest',
  fault: () => ({ policies: { willRun: willRunBy({ room: ({ ram }) => ram }) } }),
});
