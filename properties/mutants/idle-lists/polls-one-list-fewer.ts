import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'polls-one-list-fewer',
  sentence: 'A dispatcher polls one list fewer than it should.',
  rule: 'idle-list-true',
  fault: () => ({
    reads: (configuration) => ({ ...configuration, kShards: Math.max(1, configuration.kShards - 1) }),
  }),
});
