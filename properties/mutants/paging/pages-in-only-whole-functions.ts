import { mutantOf } from '../parts/mutant.ts';
import { nextOut, pageInOf, pagesBy, shares, swapped } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-in-only-whole-functions',
  sentence: 'Memory comes in only if there is room for all of it, and room is made until there is.',
  rule: 'page-out-lowest',
  fault: pagesBy({
    transfer: (scene) => {
      const share = shares(scene).find(({ slot }) => swapped(scene.state.invocations[slot]!) > 0);
      if (share === undefined || share.mb < swapped(scene.state.invocations[share.slot]!))
        return nextOut(scene);
      return pageInOf(scene, share.slot, share.mb);
    },
  }),
});
