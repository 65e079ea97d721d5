import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'cheapest-class-first',
  sentence: 'Priorities are upside down: the cheapest class runs first.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { priorityOf: (effectiveClass) => -effectiveClass } }),
});
