import { referencePager } from '../../../reference-impl/xx/pager.ts';
import type { ReadonlyXXState } from '../../../reference-impl/xx/state.ts';
import { Leaks, machineOf } from '../parts/leaks.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-chunk-leaks-in-a-drain',
  sentence: 'What was in flight when a machine had drained still counts as held when it has joined again.',
  rule: 'grant-to-run',
  fault: () => {
    const leaks = new Leaks();
    let within: ReadonlyXXState | null = null;
    let isCrash = false;
    return {
      hears({ stimulus, state }) {
        within = state;
        isCrash = stimulus.type === 'crash';
        return [stimulus];
      },
      pager: {
        settle: leaks.settle(),
        forget(disk) {
          if (!isCrash && within !== null) leaks.lose(machineOf(within, disk), disk.mb);
          referencePager.forget(disk);
        },
      },
    };
  },
});
