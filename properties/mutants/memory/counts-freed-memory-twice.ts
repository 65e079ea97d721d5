import { lowest } from '../../../reference-impl/xx/rank.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'counts-freed-memory-twice',
  sentence: 'What a kill has freed is counted twice, so that too few are killed.',
  rule: 'kill-iff',
  fault: () => {
    let freedMb = 0;
    return {
      hears({ stimulus }) {
        freedMb = 0;
        return [stimulus];
      },
      policies: {
        exceedsMemory(state, machine) {
          const { demand, usableRam, swap } = machine;
          if (demand - freedMb <= usableRam + swap) return NONE;
          const victim = lowest(state, machine);
          freedMb += state.invocations[victim]!.demand;
          return victim;
        },
      },
    };
  },
});
