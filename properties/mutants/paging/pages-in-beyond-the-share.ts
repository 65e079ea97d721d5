import { mutantOf } from '../parts/mutant.ts';
import { nextOut, pageInOf, pagesBy, shares, swapped } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-in-beyond-the-share',
  sentence: 'A MB more comes in than those above leave.',
  rule: 'page-in-to-run',
  fault: pagesBy({
    transfer: (scene) => {
      const share = shares(scene).find(({ slot }) => swapped(scene.state.invocations[slot]!) > 0);
      if (share === undefined || share.mb < 1) return nextOut(scene);
      return pageInOf(scene, share.slot, share.mb + 1);
    },
  }),
});
