import { mutantOf } from '../parts/mutant.ts';
import { pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'lends-no-core',
  sentence: 'The core of one that waits for its memory stays idle.',
  rule: 'run-the-highest',
  fault: pagesBy({ fillers: () => [] }),
});
