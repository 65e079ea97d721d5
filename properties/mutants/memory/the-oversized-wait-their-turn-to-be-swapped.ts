import { fillLowestFirst } from '../../../reference-impl/xx/rank.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-oversized-wait-their-turn-to-be-swapped',
  sentence:
    'An invocation that is larger than the RAM there is loses its own when its rank says so, and not first.',
  rule: 'page-out-lowest',
  fault: () => ({
    policies: { pageOutOrder: (state, machine, slots) => fillLowestFirst(state, machine, slots) },
  }),
});
