import { referencePager } from '../../../reference-impl/xx/pager.ts';
import { mutantOf } from '../parts/mutant.ts';
import { settlesBy, willRunOf } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'cancels-what-is-on-its-way-out',
  sentence: 'When one is to run after all, its memory that is on its way to swap counts as back at once.',
  rule: 'start-highest',
  fault: () => {
    const settle = settlesBy({});
    return {
      refuses: () => [],
      pager: {
        settle(xx, state, machine, disk) {
          const willRun = willRunOf(xx, state, machine);
          if (disk.transfer === 'out' && willRun.includes(disk.owner)) {
            state.invocations[disk.owner]!.outgoing = 0;
            referencePager.forget(disk);
          }
          settle(xx, state, machine, disk);
        },
      },
    };
  },
});
