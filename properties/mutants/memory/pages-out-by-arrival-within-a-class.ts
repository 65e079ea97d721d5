import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'pages-out-by-arrival-within-a-class',
  sentence: 'Within a class the last to come loses its RAM first, whether it is blocked or ready.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder(state, machine, slots) {
        slots.push(...machine.runnable, ...machine.blocked);
        const of = (slot: number) => state.invocations[slot]!;
        slots.sort((a, b) => of(a).priority - of(b).priority || of(b).ticket - of(a).ticket);
      },
    },
  }),
});
