import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-largest-first',
  sentence: 'The largest loses its RAM first, so that few have to.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder(state, machine, slots) {
        slots.push(...machine.runnable, ...machine.blocked);
        const of = (slot: number) => state.invocations[slot]!;
        slots.sort((a, b) => of(b).resident - of(a).resident);
      },
    },
  }),
});
