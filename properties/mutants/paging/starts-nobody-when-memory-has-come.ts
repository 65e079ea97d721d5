import { mutantOf } from '../parts/mutant.ts';
import { fillers, pagesBy, ready } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'starts-nobody-when-memory-has-come',
  sentence: 'When a transfer has ended, those whose memory is there start only when something else happens.',
  rule: 'run-the-highest',
  fault: pagesBy({
    runs: (scene) => {
      const run = [...ready(scene), ...fillers(scene)].slice(0, scene.machine.cores);
      return scene.xx.isPaged
        ? run.filter((slot) => scene.state.invocations[slot]!.phase === 'running')
        : run;
    },
  }),
});
