import type { Decision } from '../../../model/alphabet.ts';
import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-lost-callee-fails-its-caller',
  sentence: 'A caller whose callee a crash has taken down is told that it failed, though it is tried again.',
  rule: 'possible-decision',
  fault: () => ({
    says(decisions, { stimulus, state }) {
      if (stimulus.type !== 'crash') return [...decisions];
      return decisions.flatMap((decision): Decision[] => {
        if (decision.type !== 'enqueue') return [decision];
        const { caller } = state.invocations[slotOf(state.slots, decision.id) ?? -1] ?? {};
        const waiting = state.invocations[caller ?? -1];
        return waiting === undefined
          ? [decision]
          : [decision, { type: 'wake', id: waiting.id, outcome: 'failed' }];
      });
    },
  }),
});
