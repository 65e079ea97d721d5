import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'polls-one-machine-fewer',
  sentence: 'It polls one machine fewer than it should.',
  rule: 'place-least-loaded',
  fault: () => ({
    reads: (configuration) => ({ ...configuration, kMachines: Math.max(1, configuration.kMachines - 1) }),
  }),
});
