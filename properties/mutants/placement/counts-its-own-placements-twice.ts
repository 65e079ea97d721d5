import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'counts-its-own-placements-twice',
  sentence: 'A shard counts what it places itself twice.',
  rule: 'idle-list-true',
  fault: () => ({ policies: { functionsAfterPlacement: (functions) => functions + 2 } }),
});
