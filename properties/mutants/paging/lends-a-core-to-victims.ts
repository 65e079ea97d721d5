import { mutantOf } from '../parts/mutant.ts';
import { isWhole, outsiders, pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'lends-a-core-to-victims',
  sentence: 'A core is lent to one whose memory is about to go to swap.',
  rule: 'run-the-highest',
  fault: pagesBy({
    fillers: (scene) => outsiders(scene).filter((slot) => isWhole(scene.state.invocations[slot]!)),
  }),
});
