import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'misreads-swap-by-one',
  sentence: 'Every machine has a MB more swap than it has.',
  rule: 'kill-iff',
  fault: () => ({
    reads: (configuration) => ({
      ...configuration,
      machines: configuration.machines.map((size) => ({ ...size, swap: size.swap + 1 })),
    }),
  }),
});
