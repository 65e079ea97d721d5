import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-killed-still-count',
  sentence: 'An invocation that is killed is never taken off the count of functions on its machine.',
  rule: 'idle-list-true',
  fault: () => {
    const ghosts = new Map<number, number>();
    return {
      hears({ stimulus }) {
        if (stimulus.type === 'join') ghosts.delete(stimulus.machine);
        return [stimulus];
      },
      policies: {
        exceedsMemory(state, machine) {
          const victim = referencePolicies.exceedsMemory(state, machine);
          if (victim !== NONE) {
            const where = state.invocations[victim]!.machine;
            ghosts.set(where, (ghosts.get(where) ?? 0) + 1);
          }
          return victim;
        },
      },
      says: (decisions) =>
        decisions.map((decision) =>
          decision.type === 'list' || decision.type === 'relist'
            ? { ...decision, functions: decision.functions + (ghosts.get(decision.machine) ?? 0) }
            : decision,
        ),
    };
  },
});
