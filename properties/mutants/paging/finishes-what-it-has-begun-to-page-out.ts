import type { Disk } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { nextIn, nextOut, pageOutOf, settlesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'finishes-what-it-has-begun-to-page-out',
  sentence: 'The disk takes out all of one, whoever must give up memory now, and however much.',
  rule: 'page-out-lowest',
  fault: () => {
    const begun = new WeakMap<Disk, number>();
    return {
      pager: {
        settle: settlesBy({
          transfer(scene) {
            const { disk, pageOutOrder } = scene;
            const going = begun.get(disk);
            const next = nextIn(scene);
            if (next !== null) return next;
            const goesOn = going !== undefined && pageOutOrder.includes(going);
            const out = goesOn ? pageOutOf(scene, going, Number.MAX_SAFE_INTEGER) : nextOut(scene);
            if (out !== null) begun.set(disk, out.slot);
            return out;
          },
        }),
      },
    };
  },
});
