import { mutantOf } from '../parts/mutant.ts';
import { lack, nextOut, pagesBy, shares } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-in-what-is-nowhere',
  sentence: 'Memory that was never anywhere is fetched from swap.',
  rule: 'possible-decision',
  fault: pagesBy({
    grants: () => [],
    transfer(scene) {
      const { state, xx } = scene;
      const share = shares(scene).find(({ slot }) => lack(state.invocations[slot]!) > 0);
      if (share === undefined || share.mb < 1) return nextOut(scene);
      const mb = Math.min(lack(state.invocations[share.slot]!), share.mb, xx.config.paging!.chunk);
      return { type: 'pageIn', slot: share.slot, mb };
    },
  }),
});
