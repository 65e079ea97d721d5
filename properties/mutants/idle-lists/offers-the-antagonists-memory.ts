import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'offers-the-antagonists-memory',
  sentence: 'What an antagonist uses is offered too.',
  rule: 'idle-list-true',
  fault: () => ({
    says: (decisions, { state }) =>
      decisions.map((decision) => {
        if (decision.type !== 'list' && decision.type !== 'relist') return decision;
        const { ram, demand } = state.machines[decision.machine]!;
        return { ...decision, available: ram - demand };
      }),
  }),
});
