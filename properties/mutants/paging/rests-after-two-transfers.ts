import type { Disk } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { settlesBy, transfer } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'rests-after-two-transfers',
  sentence: 'A disk that has moved two chunks in a row rests until something else happens.',
  rule: 'will-run-runs',
  fault: () => {
    const begun = new WeakMap<Disk, number>();
    return {
      pager: {
        settle: settlesBy({
          transfer(scene) {
            const { disk, xx } = scene;
            const inARow = xx.isPaged ? (begun.get(disk) ?? 0) : 0;
            const next = inARow < 2 ? transfer(scene) : null;
            begun.set(disk, next === null ? inARow : inARow + 1);
            return next;
          },
        }),
      },
    };
  },
});
