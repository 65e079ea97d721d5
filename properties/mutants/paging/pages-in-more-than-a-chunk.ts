import { mutantOf } from '../parts/mutant.ts';
import { nextIn, nextOut, pagesBy, shares, swapped } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-in-more-than-a-chunk',
  sentence: 'All that has room comes in in one transfer.',
  rule: 'page-in-to-run',
  fault: pagesBy({
    transfer: (scene) => {
      const next = nextIn(scene);
      if (next === null) return nextOut(scene);
      const share = shares(scene).find(({ slot }) => slot === next.slot)!;
      return { ...next, mb: Math.min(swapped(scene.state.invocations[next.slot]!), share.mb) };
    },
  }),
});
