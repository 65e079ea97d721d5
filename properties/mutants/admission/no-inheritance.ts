import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'no-inheritance',
  sentence: 'A callee runs at the class that it asks for, and whoever waits for it waits behind it.',
  rule: 'admit',
  fault: () => ({ policies: { inheritedClass: (_callerClass, askedClass) => askedClass } }),
});
