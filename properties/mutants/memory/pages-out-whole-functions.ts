import { slotOf } from '../../../reference-impl/slot-table.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'pages-out-whole-functions',
  sentence: 'A victim loses all of its RAM, though a part would be enough.',
  rule: 'page-out-lowest',
  fault: () => ({
    says: (decisions, { state }) =>
      decisions.map((decision) => {
        if (decision.type !== 'pageOut') return decision;
        const slot = slotOf(state.slots, decision.id);
        const left = slot === undefined ? 0 : state.invocations[slot]!.resident;
        return { ...decision, memory: decision.memory + left };
      }),
  }),
});
