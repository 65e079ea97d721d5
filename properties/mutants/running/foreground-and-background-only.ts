import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'foreground-and-background-only',
  sentence: 'There are only two priorities: all classes above the lowest rank alike.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { priorityOf: (effectiveClass) => Math.min(effectiveClass, 1) } }),
});
