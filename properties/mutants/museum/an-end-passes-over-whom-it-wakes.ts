import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'an-end-passes-over-whom-it-wakes',
  sentence:
    'When an invocation ends, its core goes to one that waits already, and not to the caller that this end wakes.',
  rule: 'start-highest',
  fault: () => ({
    says(decisions, { stimulus, state }) {
      const woken = decisions.find(({ type }) => type === 'wake');
      if (stimulus.type !== 'finish' || woken?.type !== 'wake') return [...decisions];
      const caller = state.invocations[slotOf(state.slots, woken.id) ?? -1];
      const waiting = state.machines[caller?.machine ?? -1]?.runnable
        .map((slot) => state.invocations[slot]!)
        .find(({ phase }) => phase === 'ready');
      if (waiting === undefined) return [...decisions];
      return decisions.map((decision) =>
        decision.type === 'start' && decision.id === woken.id ? { type: 'start', id: waiting.id } : decision,
      );
    },
  }),
});
