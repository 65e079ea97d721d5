import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-degraded-chain-recovers',
  sentence: 'A callee of a degraded caller gets the class that it asks for.',
  rule: 'admit',
  fault: () => ({
    policies: { inheritedClass: (callerClass, askedClass) => Math.max(callerClass, askedClass) },
  }),
});
