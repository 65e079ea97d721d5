import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'readmits-by-arrival',
  sentence:
    'An invocation is preempted for a higher class, and the free core then goes to the one that came first.',
  rule: 'start-highest',
  fault: () => ({
    says(decisions, { state }) {
      const seen = (id: number) => state.invocations[slotOf(state.slots, id) ?? -1];
      const preempted = decisions.flatMap((decision) =>
        decision.type === 'preempt' ? (seen(decision.id) ?? []) : [],
      );
      return decisions.map((decision) => {
        const started = decision.type === 'start' ? seen(decision.id) : undefined;
        if (started === undefined) return decision;
        const first = preempted.find(
          ({ machine, ticket }) => machine === started.machine && ticket < started.ticket,
        );
        return first === undefined ? decision : { type: 'start', id: first.id };
      });
    },
  }),
});
