import { mutantOf } from '../parts/mutant.ts';
import { lack, outsiders, pageOutOf, pagesBy, transfer } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'makes-room-for-those-that-wait',
  sentence: 'While the disk has nothing to do, it makes room for the best of those that will not run.',
  rule: 'steady',
  fault: pagesBy({
    transfer: (scene) => {
      const next = transfer(scene);
      if (next !== null) return next;
      const waiting = outsiders(scene).find((slot) => lack(scene.state.invocations[slot]!) > 0);
      const victim = scene.pageOutOrder.find((slot) => slot !== waiting);
      if (waiting === undefined || victim === undefined) return null;
      return pageOutOf(scene, victim, lack(scene.state.invocations[waiting]!));
    },
  }),
});
