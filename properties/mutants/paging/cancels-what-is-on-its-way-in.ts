import { setResident } from '../../../reference-impl/xx/meter.ts';
import { referencePager } from '../../../reference-impl/xx/pager.ts';
import { mutantOf } from '../parts/mutant.ts';
import { settlesBy, willRunOf } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'cancels-what-is-on-its-way-in',
  sentence:
    'When one is not to run any more, its memory that is on its way to RAM is dropped, and the disk goes on.',
  rule: 'possible-decision',
  fault: () => {
    const settle = settlesBy({});
    return {
      refuses: () => [],
      pager: {
        settle(xx, state, machine, disk) {
          const willRun = willRunOf(xx, state, machine);
          if (disk.transfer === 'in' && !willRun.includes(disk.owner)) {
            const owner = state.invocations[disk.owner]!;
            setResident(xx, state, machine, owner, owner.resident - owner.incoming);
            owner.incoming = 0;
            referencePager.forget(disk);
          }
          settle(xx, state, machine, disk);
        },
      },
    };
  },
});
