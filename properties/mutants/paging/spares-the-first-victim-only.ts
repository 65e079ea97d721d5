import { mutantOf } from '../parts/mutant.ts';
import { isWhole, outsiders, pagesBy, victims } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'spares-the-first-victim-only',
  sentence: 'Only the first whose memory goes to swap is lent no core; the next ones are.',
  rule: 'run-the-highest',
  fault: pagesBy({
    fillers: (scene) =>
      outsiders(scene).filter(
        (slot) => isWhole(scene.state.invocations[slot]!) && slot !== victims(scene)[0],
      ),
  }),
});
