import { mutantOf } from '../parts/mutant.ts';
import { outsiders, pageInOf, pagesBy, roomMb, swapped, transfer } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-in-those-that-wait',
  sentence: 'While the disk has nothing to do, it fetches the memory of those that will not run.',
  rule: 'page-in-to-run',
  fault: pagesBy({
    transfer: (scene) => {
      const next = transfer(scene);
      const waiting = outsiders(scene).find((slot) => swapped(scene.state.invocations[slot]!) > 0);
      return next !== null || waiting === undefined ? next : pageInOf(scene, waiting, roomMb(scene));
    },
  }),
});
