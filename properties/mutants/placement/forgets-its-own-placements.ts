import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'forgets-its-own-placements',
  sentence: 'A shard does not count what it places itself, so that a burst lands on one machine.',
  rule: 'idle-list-true',
  fault: () => ({ policies: { functionsAfterPlacement: (functions) => functions } }),
});
