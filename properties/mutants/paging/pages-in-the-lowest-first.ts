import { mutantOf } from '../parts/mutant.ts';
import { nextOut, pageInOf, pagesBy, shares, swapped } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-in-the-lowest-first',
  sentence: 'Of those that will run the lowest gets its memory back first.',
  rule: 'page-in-to-run',
  fault: pagesBy({
    transfer: (scene) => {
      const { state } = scene;
      const lower = shares(scene).filter(({ slot, mb }) => mb > 0 && swapped(state.invocations[slot]!) > 0);
      const last = lower.at(-1);
      return last === undefined ? nextOut(scene) : pageInOf(scene, last.slot, last.mb);
    },
  }),
});
