import type { Decision } from '../../../model/alphabet.ts';
import { mutantOf } from '../parts/mutant.ts';
import type { FaultContext } from '../parts/planted.ts';

/** On each machine one that runs below one that waits because it does not fit: the lowest, preempted and started again. */
function loops({ state }: FaultContext): Decision[] {
  return state.machines.flatMap(({ runnable }): Decision[] => {
    const all = runnable.map((slot) => state.invocations[slot]!);
    const waiting = all.find(({ phase }) => phase === 'ready');
    const victim = all.findLast(({ phase }) => phase === 'running');
    if (waiting === undefined || victim === undefined || victim.priority >= waiting.priority) return [];
    return [
      { type: 'preempt', id: victim.id },
      { type: 'start', id: victim.id },
    ];
  });
}

export const mutant = mutantOf({
  name: 'preempts-for-one-that-does-not-fit',
  sentence:
    'Time and again the lowest is preempted for one of a higher class that does not fit, and then started again.',
  rule: 'preempt-outranked',
  fault: () => ({
    says(decisions, moment) {
      const { type } = moment.stimulus;
      return type === 'tick' || type === 'submit' ? [...decisions, ...loops(moment)] : [...decisions];
    },
  }),
});
