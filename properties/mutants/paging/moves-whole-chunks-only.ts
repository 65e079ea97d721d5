import { mutantOf } from '../parts/mutant.ts';
import { pagesBy, stays, swapped, transfer } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'moves-whole-chunks-only',
  sentence: 'The disk waits until it can move a whole chunk, or all that its owner has left.',
  rule: 'disk-works',
  fault: pagesBy({
    transfer(scene) {
      const next = transfer(scene);
      if (next === null) return null;
      const invocation = scene.state.invocations[next.slot]!;
      const left = next.type === 'pageIn' ? swapped(invocation) : stays(invocation);
      return next.mb === Math.min(left, scene.xx.config.paging!.chunk) ? next : null;
    },
  }),
});
