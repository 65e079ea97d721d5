import type { Disk } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { pageInOf, roomMb, settlesBy, swapped, transfer } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'fetches-back-what-it-has-just-taken-out',
  sentence:
    'When memory has gone to swap and RAM is free, the disk brings it back before it does anything else.',
  rule: 'no-thrash',
  fault: () => {
    const gone = new WeakMap<Disk, number>();
    return {
      pager: {
        settle: settlesBy({
          transfer(scene) {
            const { disk, state, machine, xx } = scene;
            const last = gone.get(disk);
            gone.delete(disk);
            if (xx.isPaged && last !== undefined && machine.runnable.includes(last)) {
              const isAway = swapped(state.invocations[last]!) > 0;
              const back = isAway ? pageInOf(scene, last, roomMb(scene)) : null;
              if (back !== null) return back;
            }
            const next = transfer(scene);
            if (next?.type === 'pageOut') gone.set(disk, next.slot);
            return next;
          },
        }),
      },
    };
  },
});
