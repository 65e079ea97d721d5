import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'preempts-and-waits',
  sentence: 'A core from which an invocation was preempted counts as taken until the next step.',
  rule: 'run-the-highest',
  fault: () => ({
    says(decisions, { state }) {
      const machineOf = (id: number) => state.invocations[slotOf(state.slots, id) ?? -1]?.machine;
      const freed = decisions.flatMap((decision) =>
        decision.type === 'preempt' ? [machineOf(decision.id)] : [],
      );
      return decisions.filter(
        (decision) => decision.type !== 'start' || !freed.includes(machineOf(decision.id)),
      );
    },
  }),
});
