import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-ready-before-the-blocked',
  sentence: 'Of the same class the ready lose their RAM before the blocked.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder(state, machine, slots) {
        slots.push(...machine.runnable, ...machine.blocked);
        const of = (slot: number) => state.invocations[slot]!;
        slots.sort(
          (a, b) =>
            of(a).priority - of(b).priority ||
            Number(of(a).phase === 'blocked') - Number(of(b).phase === 'blocked') ||
            of(b).ticket - of(a).ticket,
        );
      },
    },
  }),
});
