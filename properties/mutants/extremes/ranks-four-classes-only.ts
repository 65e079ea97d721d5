import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'ranks-four-classes-only',
  sentence: 'On a machine the fifth class and those above it rank as the fourth.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { priorityOf: (effectiveClass) => Math.min(effectiveClass, 3) } }),
});
