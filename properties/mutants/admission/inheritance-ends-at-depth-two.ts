import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'inheritance-ends-at-depth-two',
  sentence: 'The callee of a callee no longer inherits.',
  rule: 'admit',
  fault: () => {
    const callees = new Set<number>();
    let isDeep = false;
    return {
      hears({ stimulus }) {
        if (stimulus.type === 'call') {
          isDeep = callees.has(stimulus.caller);
          callees.add(stimulus.id);
        }
        return [stimulus];
      },
      policies: {
        inheritedClass: (callerClass, askedClass, degraded) =>
          isDeep ? askedClass : referencePolicies.inheritedClass(callerClass, askedClass, degraded),
      },
    };
  },
});
