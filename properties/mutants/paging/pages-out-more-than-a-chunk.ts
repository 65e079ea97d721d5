import { mutantOf } from '../parts/mutant.ts';
import { freeSwapMb, nextIn, nextOut, overMb, pagesBy, stays } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-out-more-than-a-chunk',
  sentence: 'All that is needed goes to swap in one transfer.',
  rule: 'page-out-lowest',
  fault: pagesBy({
    transfer: (scene) => {
      const { state } = scene;
      const out = nextOut(scene);
      if (out === null) return nextIn(scene);
      const mb = Math.min(stays(state.invocations[out.slot]!), overMb(scene), freeSwapMb(scene));
      return nextIn(scene) ?? { ...out, mb };
    },
  }),
});
