import { mutantOf } from '../parts/mutant.ts';
import { pagesBy, transfer } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'the-blocked-keep-their-ram',
  sentence: 'Memory of those that wait for a callee never goes to swap.',
  rule: 'disk-works',
  fault: pagesBy({
    transfer: (scene) => {
      const next = transfer(scene);
      return next !== null && scene.state.invocations[next.slot]!.phase === 'blocked' ? null : next;
    },
  }),
});
