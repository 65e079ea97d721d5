import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'inheritance-ends-with-a-crash',
  sentence: 'An invocation that is queued again after a crash goes back to the class that it asked for.',
  rule: 'admit',
  fault: () => {
    const asked = new Map<number, number>();
    return {
      hears({ stimulus }) {
        if (stimulus.type === 'call') asked.set(stimulus.id, stimulus.class);
        return [stimulus];
      },
      says: (decisions, { stimulus }) =>
        decisions.map((decision) =>
          decision.type === 'enqueue' && stimulus.type === 'crash'
            ? { ...decision, class: asked.get(decision.id) ?? decision.class }
            : decision,
        ),
    };
  },
});
