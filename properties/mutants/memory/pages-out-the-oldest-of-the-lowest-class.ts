import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-oldest-of-the-lowest-class',
  sentence: 'Within a class the first to come is the first to lose its RAM.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder(state, machine, slots) {
        slots.push(...machine.runnable, ...machine.blocked);
        const of = (slot: number) => state.invocations[slot]!;
        slots.sort(
          (a, b) =>
            of(a).priority - of(b).priority ||
            Number(of(b).phase === 'blocked') - Number(of(a).phase === 'blocked') ||
            of(a).ticket - of(b).ticket,
        );
      },
    },
  }),
});
