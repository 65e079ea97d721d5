import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'pages-out-who-blocks',
  sentence: 'An invocation that calls and waits is swapped out at once, to make room before it is needed.',
  rule: 'page-out-lowest',
  fault: () => ({
    says(decisions, { stimulus, state }) {
      if (stimulus.type !== 'call') return [...decisions];
      const { id, resident } = state.invocations[slotOf(state.slots, stimulus.caller)!]!;
      return resident === 0 ? [...decisions] : [...decisions, { type: 'pageOut', id, memory: resident }];
    },
  }),
});
