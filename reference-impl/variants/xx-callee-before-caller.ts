import { referencePolicies } from '../xx/policies.ts';
import { fillLowestFirst } from '../xx/rank.ts';
import { NONE } from '../xx/state.ts';
import { variantOf } from './variant.ts';

/** Whoever waits for a function on the same machine dies after it: its caller then learns of a failure, and can answer. */
export const xxCalleeBeforeCaller = variantOf(
  'xx-callee-before-caller',
  'XX that kills the lowest of those who wait for nobody on their machine',
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
