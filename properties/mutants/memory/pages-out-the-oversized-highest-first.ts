import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'pages-out-the-oversized-highest-first',
  sentence: 'Of those that are larger than the RAM there is the highest loses its own first.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: {
      pageOutOrder(state, machine, slots) {
        referencePolicies.pageOutOrder(state, machine, slots);
        const oversized = slots.filter((slot) => state.invocations[slot]!.demand > machine.usableRam);
        slots.splice(0, oversized.length, ...oversized.reverse());
      },
    },
  }),
});
