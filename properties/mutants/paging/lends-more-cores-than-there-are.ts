import { mutantOf } from '../parts/mutant.ts';
import { fillers, outsiders, pagesBy, ready } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'lends-more-cores-than-there-are',
  sentence: 'When memory has come in, its owner starts beside the one that had its core on loan.',
  rule: 'start-highest',
  fault: pagesBy({
    runs: (scene) => {
      const run = [...ready(scene), ...fillers(scene)].slice(0, scene.machine.cores);
      const isLent = (slot: number) => scene.state.invocations[slot]!.phase === 'running';
      return scene.xx.isPaged ? [...new Set([...run, ...outsiders(scene).filter(isLent)])] : run;
    },
  }),
});
