import { mutantOf } from '../parts/mutant.ts';
import { nextIn, nextOut, overMb, pageOutOf, pagesBy, stays } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-out-one-who-will-run',
  sentence:
    'Where more is needed than others hold, memory goes to swap from the lowest of those that will run.',
  rule: 'page-out-lowest',
  fault: pagesBy({
    transfer: (scene) => {
      const lowest = scene.willRun.findLast((slot) => stays(scene.state.invocations[slot]!) > 0);
      const due = overMb(scene);
      return nextIn(scene) ?? (lowest === undefined ? null : pageOutOf(scene, lowest, due)) ?? nextOut(scene);
    },
  }),
});
