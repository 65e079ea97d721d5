import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'highest-class-first',
  sentence: 'At a shard, too, the highest class is always placed first, so that low classes starve.',
  rule: 'place-greatest',
  fault: () => ({ policies: { chooseHead: (heads) => heads[0]!.class } }),
});
