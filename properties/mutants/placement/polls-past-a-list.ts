import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'polls-past-a-list',
  sentence: 'It polls although its idle list names machines.',
  rule: 'place-least-loaded',
  fault: () => ({
    says: (decisions, { state }) =>
      decisions.map((decision) =>
        decision.type === 'place' && state.up.length === 1
          ? { ...decision, via: 'poll', polled: [...state.up] }
          : decision,
      ),
  }),
});
