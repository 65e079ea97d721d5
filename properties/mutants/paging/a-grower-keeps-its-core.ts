import { mutantOf } from '../parts/mutant.ts';
import { isWhole, pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'a-grower-keeps-its-core',
  sentence: 'One that runs keeps its core while it waits for what it has grown by.',
  rule: 'run-the-highest',
  fault: pagesBy({ isWhole: (invocation) => isWhole(invocation) || invocation.phase === 'running' }),
});
