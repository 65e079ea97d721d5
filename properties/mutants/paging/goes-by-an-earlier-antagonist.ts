import { referencePager } from '../../../reference-impl/xx/pager.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'goes-by-an-earlier-antagonist',
  sentence: 'When an antagonist comes or goes, those are to run who were before.',
  rule: 'run-the-highest',
  fault: () => {
    let isAntagonist = false;
    return {
      hears({ stimulus }) {
        isAntagonist = stimulus.type === 'antagonist';
        return [stimulus];
      },
      pager: {
        settle(xx, state, machine, disk) {
          const isAlive = (slot: number) => machine.runnable.includes(slot);
          if (isAntagonist && disk.isKnown && disk.willRun.every(isAlive)) xx.isPaged = true;
          referencePager.settle(xx, state, machine, disk);
        },
      },
    };
  },
});
