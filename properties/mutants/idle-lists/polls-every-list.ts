import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'polls-every-list',
  sentence: 'A dispatcher polls every list.',
  rule: 'idle-list-true',
  fault: () => ({ reads: (configuration) => ({ ...configuration, kShards: configuration.shards }) }),
});
