import { mutantOf } from '../parts/mutant.ts';
import { fillers, outsiders, pagesBy, ready } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'takes-no-loan-back',
  sentence: 'When memory has come in, a core that was lent meanwhile is not taken back.',
  rule: 'run-the-highest',
  fault: pagesBy({
    runs: (scene) => {
      const run = [...ready(scene), ...fillers(scene)].slice(0, scene.machine.cores);
      if (!scene.xx.isPaged) return run;
      const lent = outsiders(scene).filter((slot) => scene.state.invocations[slot]!.phase === 'running');
      return [...new Set([...lent, ...run])].slice(0, scene.machine.cores);
    },
  }),
});
