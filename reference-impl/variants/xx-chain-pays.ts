import { referencePolicies } from '../xx/policies.ts';
import { fillLowestFirst } from '../xx/rank.ts';
import { NONE, type ReadonlyXXState } from '../xx/state.ts';
import { variantOf } from './variant.ts';

/**
 * If none had to die without those of one chain that are blocked, the chain dies from its end: the one that is called last
 * there, whose caller then wakes. Others die only for what they or the running use.
 */
export const xxChainPays = variantOf(
  'xx-chain-pays',
  'XX that kills the end of a chain of calls whose blocked callers hold the memory that is missing',
  () => ({
    exceedsMemory(state, machine) {
      const lowest = referencePolicies.exceedsMemory(state, machine);
      if (lowest === NONE) return NONE;
      const excessMb = machine.demand - machine.usableRam - machine.swap;
      const lowestFirst: number[] = [];
      fillLowestFirst(state, machine, lowestFirst);
      const lives = new Set(lowestFirst);
      const ends = lowestFirst.filter((slot) => !lives.has(state.invocations[slot]!.callee));
      return ends.find((slot) => heldByCallersMb(state, lives, slot) >= excessMb) ?? lowest;
    },
  }),
);

/** What those hold on this machine who wait, directly or not, for the one in this slot. */
function heldByCallersMb(state: ReadonlyXXState, lives: ReadonlySet<number>, slot: number): number {
  let heldMb = 0;
  for (
    let { caller } = state.invocations[slot]!;
    lives.has(caller);
    caller = state.invocations[caller]!.caller
  ) {
    heldMb += state.invocations[caller]!.demand;
  }
  return heldMb;
}
