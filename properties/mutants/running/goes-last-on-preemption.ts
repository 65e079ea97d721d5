import { mutantOf } from '../parts/mutant.ts';
import { type SeenInvocation, willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'goes-last-on-preemption',
  sentence: 'An invocation that is preempted goes to the end of its class, as if it had used up a quantum.',
  rule: 'start-highest',
  fault: () => {
    const turns = new Map<number, number>();
    const turnOf = ({ id, ticket }: SeenInvocation): number => Math.max(turns.get(id) ?? 0, ticket);
    return {
      policies: { willRun: willRunBy({ order: (a, b) => b.priority - a.priority || turnOf(a) - turnOf(b) }) },
      says(decisions, { state }) {
        // A turn lies between two tickets: after all that were drawn so far.
        for (const [index, decision] of decisions.entries()) {
          if (decision.type === 'preempt') turns.set(decision.id, state.nextTicket - 1 + (index + 1) / 1000);
        }
        return [...decisions];
      },
    };
  },
});
