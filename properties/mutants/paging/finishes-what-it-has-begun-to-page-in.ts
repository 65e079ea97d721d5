import type { Disk } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { pageInOf, roomMb, settlesBy, swapped, transfer } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'finishes-what-it-has-begun-to-page-in',
  sentence: 'The disk brings in all of one, whoever better has come meanwhile.',
  rule: 'disk-priority',
  fault: () => {
    const begun = new WeakMap<Disk, number>();
    return {
      pager: {
        settle: settlesBy({
          transfer(scene) {
            const { disk, state, machine } = scene;
            const coming = begun.get(disk);
            const goesOn = coming !== undefined && machine.runnable.includes(coming);
            if (goesOn && swapped(state.invocations[coming]!) > 0) {
              const more = pageInOf(scene, coming, roomMb(scene));
              if (more !== null) return more;
            }
            const next = transfer(scene);
            if (next?.type === 'pageIn') begun.set(disk, next.slot);
            return next;
          },
        }),
      },
    };
  },
});
