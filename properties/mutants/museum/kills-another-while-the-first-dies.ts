import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'kills-another-while-the-first-dies',
  sentence:
    'The memory of the first that is killed counts as used while it dies, and a second one is killed for it.',
  rule: 'kill-iff',
  fault: () => {
    let dyingMb = 0;
    let kills = 0;
    return {
      hears({ stimulus }) {
        kills = 0;
        return [stimulus];
      },
      policies: {
        exceedsMemory(state, machine) {
          const neededMb = machine.demand + (kills === 1 ? dyingMb : 0);
          if (neededMb <= machine.usableRam + machine.swap || machine.live === 0) return NONE;
          const victim = lowest(state, machine);
          dyingMb = state.invocations[victim]!.demand;
          kills++;
          return victim;
        },
      },
    };
  },
});
