import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'polls-one-machine-more',
  sentence: 'It polls one machine more than it should.',
  rule: 'place-least-loaded',
  fault: () => ({ reads: (configuration) => ({ ...configuration, kMachines: configuration.kMachines + 1 }) }),
});
