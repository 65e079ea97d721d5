import { mutantOf } from '../parts/mutant.ts';
import { pagesBy, roomMb } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'grants-the-lowest-first',
  sentence: 'Of those that will run the lowest is given its RAM first.',
  rule: 'grant-to-run',
  fault: pagesBy({
    grants(scene) {
      let left = roomMb(scene);
      return [...scene.willRun].reverse().flatMap((slot) => {
        const mb = Math.min(left, scene.state.invocations[slot]!.fresh);
        left -= mb;
        return mb > 0 ? [{ slot, mb }] : [];
      });
    },
  }),
});
