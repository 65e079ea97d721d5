import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'offers-its-swap',
  sentence: 'What is free in swap is offered too.',
  rule: 'idle-list-true',
  fault: () => ({
    says: (decisions, { state }) =>
      decisions.map((decision) => {
        if (decision.type !== 'list' && decision.type !== 'relist') return decision;
        const { usableRam, swap, demand } = state.machines[decision.machine]!;
        return { ...decision, available: usableRam + swap - demand };
      }),
  }),
});
