import { ImpossibleStimulus } from '../../../model/input-error.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-drained-machine-never-goes-down',
  sentence: 'A machine that has drained is not down, and refuses to join again.',
  rule: 'refuses-alike',
  fault: () => {
    const drained = new Set<number>();
    return {
      hears({ stimulus }) {
        if (stimulus.type === 'drain') drained.add(stimulus.machine);
        if (stimulus.type === 'crash') drained.delete(stimulus.machine);
        if (stimulus.type === 'join' && drained.has(stimulus.machine)) {
          throw new ImpossibleStimulus(`join ${stimulus.machine}: the machine is draining`);
        }
        return [stimulus];
      },
    };
  },
});
