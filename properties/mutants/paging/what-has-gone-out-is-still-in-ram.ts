import { referencePager } from '../../../reference-impl/xx/pager.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { settlesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'what-has-gone-out-is-still-in-ram',
  sentence: 'When a chunk has gone to swap, its RAM still counts as held.',
  rule: 'page-out-lowest',
  fault: () => ({
    pager: {
      settle: settlesBy({}),
      end(xx, state, machine) {
        const { disk } = state.machines[machine]!;
        if (disk!.transfer === 'out') state.invocations[disk!.owner]!.outgoing = 0;
        if (disk!.transfer === 'out') disk!.owner = NONE;
        referencePager.end(xx, state, machine);
      },
    },
  }),
});
