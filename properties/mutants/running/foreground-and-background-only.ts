import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'foreground-and-background-only',
  sentence: 'It knows two priorities: every class above the lowest ranks alike.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { priorityOf: (effectiveClass) => Math.min(effectiveClass, 1) } }),
});
