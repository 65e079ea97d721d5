import type { Decision } from '../../../model/alphabet.ts';
import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'preempts-one-too-many',
  sentence: 'For one that needs a core two are preempted, and the second is started again.',
  rule: 'preempt-outranked',
  fault: () => ({
    says(decisions, { state }) {
      const started = new Set(
        decisions.flatMap((decision) => (decision.type === 'start' ? [decision.id] : [])),
      );
      const first = decisions.findIndex(({ type }) => type === 'preempt');
      const victim = decisions[first];
      if (victim?.type !== 'preempt') return [...decisions];
      const machine = state.machines[state.invocations[slotOf(state.slots, victim.id) ?? -1]?.machine ?? -1];
      const second = machine?.runnable
        .map((slot) => state.invocations[slot]!)
        .findLast(({ id, phase }) => phase === 'running' && !started.has(id));
      if (second === undefined) return [...decisions];
      const twice: Decision[] = [
        { type: 'preempt', id: second.id },
        { type: 'start', id: second.id },
      ];
      return decisions.toSpliced(first + 1, 0, ...twice);
    },
  }),
});
