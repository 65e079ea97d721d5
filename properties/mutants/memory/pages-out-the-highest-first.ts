import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-highest-first',
  sentence: 'The order of swapping is upside down: the highest class loses its RAM first.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder(state, machine, slots) {
        slots.push(...machine.runnable, ...machine.blocked);
        const of = (slot: number) => state.invocations[slot]!;
        slots.sort((a, b) => of(b).priority - of(a).priority || of(a).ticket - of(b).ticket);
      },
    },
  }),
});
