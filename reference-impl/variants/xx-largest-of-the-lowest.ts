import { referencePolicies } from '../xx/policies.ts';
import { fillLowestFirst } from '../xx/rank.ts';
import { NONE } from '../xx/state.ts';
import { variantOf } from './variant.ts';

/** Within the lowest class the one who uses most memory dies, and of equals the one who came last. */
export const xxLargestOfTheLowest = variantOf(
  'xx-largest-of-the-lowest',
  'XX that kills the largest of the lowest class, and not the last to come',
  () => ({
    exceedsMemory(state, machine) {
      const lowest = referencePolicies.exceedsMemory(state, machine);
      if (lowest === NONE) return NONE;
      const lowestFirst: number[] = [];
      fillLowestFirst(state, machine, lowestFirst);
      const { priority } = state.invocations[lowest]!;
      return lowestFirst
        .filter((slot) => state.invocations[slot]!.priority === priority)
        .reduce((a, b) => (state.invocations[b]!.demand > state.invocations[a]!.demand ? b : a));
    },
  }),
);
