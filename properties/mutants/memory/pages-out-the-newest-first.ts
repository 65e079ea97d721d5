import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-newest-first',
  sentence: 'The invocation that arrived last loses its RAM first, whatever its class.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder(state, machine, slots) {
        slots.push(...machine.runnable, ...machine.blocked);
        const of = (slot: number) => state.invocations[slot]!;
        slots.sort((a, b) => of(b).ticket - of(a).ticket);
      },
    },
  }),
});
