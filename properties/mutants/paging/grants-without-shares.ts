import { mutantOf } from '../parts/mutant.ts';
import { pagesBy, roomMb } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'grants-without-shares',
  sentence: 'A lesser one is given RAM that a better one waits for.',
  rule: 'grant-to-run',
  fault: pagesBy({
    grants(scene) {
      let left = roomMb(scene);
      return scene.willRun.flatMap((slot) => {
        const mb = Math.min(left, scene.state.invocations[slot]!.fresh);
        left -= mb;
        return mb > 0 ? [{ slot, mb }] : [];
      });
    },
  }),
});
