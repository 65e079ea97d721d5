import { mutantOf } from '../parts/mutant.ts';
import { pageOutOf, pagesBy, transfer } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-out-ahead-of-need',
  sentence: 'Memory of those that will not run goes to swap as soon as the disk has nothing to do.',
  rule: 'page-out-lowest',
  fault: pagesBy({
    transfer: (scene) => {
      const [first] = scene.pageOutOrder;
      const next = transfer(scene);
      return next ?? (first === undefined ? null : pageOutOf(scene, first, Number.MAX_SAFE_INTEGER));
    },
  }),
});
