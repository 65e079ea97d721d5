import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-oldest-first',
  sentence: 'The invocation that arrived first loses its RAM first.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder(state, machine, slots) {
        slots.push(...machine.runnable, ...machine.blocked);
        const of = (slot: number) => state.invocations[slot]!;
        slots.sort((a, b) => of(a).ticket - of(b).ticket);
      },
    },
  }),
});
