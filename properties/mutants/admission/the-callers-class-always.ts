import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-callers-class-always',
  sentence: 'A callee runs at the class of its caller, even if it asks for a higher one.',
  rule: 'admit',
  fault: () => ({ policies: { inheritedClass: (callerClass) => callerClass } }),
});
