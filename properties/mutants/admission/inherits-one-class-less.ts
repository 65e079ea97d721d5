import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'inherits-one-class-less',
  sentence: 'A callee inherits the class just below that of its caller.',
  rule: 'admit',
  fault: () => ({
    policies: {
      inheritedClass: (callerClass, askedClass, degraded) =>
        degraded ? callerClass : Math.max(callerClass - 1, askedClass),
    },
  }),
});
