import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'inherits-the-lower',
  sentence: 'A callee runs at the lower of both classes.',
  rule: 'admit',
  fault: () => ({
    policies: { inheritedClass: (callerClass, askedClass) => Math.min(callerClass, askedClass) },
  }),
});
