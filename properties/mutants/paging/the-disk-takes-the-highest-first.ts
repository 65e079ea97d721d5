import { mutantOf } from '../parts/mutant.ts';
import { nextIn, overMb, pageOutOf, pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'the-disk-takes-the-highest-first',
  sentence: 'Memory goes to swap from the highest of those that will not run.',
  rule: 'page-out-lowest',
  fault: pagesBy({
    transfer: (scene) => {
      const last = scene.pageOutOrder.at(-1);
      return nextIn(scene) ?? (last === undefined ? null : pageOutOf(scene, last, overMb(scene)));
    },
  }),
});
