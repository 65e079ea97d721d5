import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'starts-with-a-mb-more',
  sentence: 'An invocation is given a MB more than its initial memory.',
  rule: 'idle-list-true',
  fault: () => ({
    reads: (configuration) => ({ ...configuration, initialMemory: configuration.initialMemory + 1 }),
  }),
});
