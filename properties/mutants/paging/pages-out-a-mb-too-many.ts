import { mutantOf } from '../parts/mutant.ts';
import { nextIn, overMb, pageOutOf, pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-out-a-mb-too-many',
  sentence: 'A MB more goes to swap than is needed.',
  rule: 'page-out-lowest',
  fault: pagesBy({
    transfer: (scene) => {
      const due = overMb(scene);
      const [first] = scene.pageOutOrder;
      if (due <= 0 || first === undefined) return nextIn(scene);
      return nextIn(scene) ?? pageOutOf(scene, first, due + 1);
    },
  }),
});
