import { referencePolicies } from '../xx/policies.ts';
import { fillLowestFirst } from '../xx/rank.ts';
import { NONE } from '../xx/state.ts';
import { variantOf } from './variant.ts';

/** A caller dies after its callee on the same machine: it then learns of a failure, and can answer. */
export const xxCalleeBeforeCaller = variantOf(
  'xx-callee-before-caller',
  'XX that kills the lowest function that waits for no other on its machine',
  () => ({
    exceedsMemory(state, machine) {
      if (referencePolicies.exceedsMemory(state, machine) === NONE) return NONE;
      const lowestFirst: number[] = [];
      fillLowestFirst(state, machine, lowestFirst);
      const lives = new Set(lowestFirst);
      return lowestFirst.find((slot) => !lives.has(state.invocations[slot]!.callee)) ?? NONE;
    },
  }),
);
