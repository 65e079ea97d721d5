import { mutantOf } from '../parts/mutant.ts';
import { isWhole, pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'waits-for-the-better-to-be-whole',
  sentence: 'Nobody runs while somebody better waits for memory.',
  rule: 'run-the-highest',
  fault: pagesBy({
    runs: (scene) => {
      const waiting = scene.willRun.findIndex((slot) => !isWhole(scene.state.invocations[slot]!));
      return waiting < 0 ? [...scene.willRun] : scene.willRun.slice(0, waiting);
    },
  }),
});
