import { referencePager } from '../../../reference-impl/xx/pager.ts';
import { Leaks } from '../parts/leaks.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-chunk-leaks-when-its-owner-is-killed',
  sentence: 'The chunk of one that was killed is never free again.',
  rule: 'grant-to-run',
  fault: () => {
    const leaks = new Leaks();
    return {
      pager: {
        settle: leaks.settle(),
        end(xx, state, machine) {
          const { transfer, mb } = state.machines[machine]!.disk!;
          if (transfer === 'dying') leaks.lose(machine, mb);
          referencePager.end(xx, state, machine);
        },
      },
    };
  },
});
