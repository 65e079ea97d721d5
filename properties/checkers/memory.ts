import { invocationOf } from '../../model/unended.ts';
import type { Checker } from './checker.ts';

/**
 * Memory never exceeds RAM plus swap (paper section 3.2): on every machine what is resident fits into what the
 * antagonist leaves of RAM, the rest into swap. Summed afresh over those who live there; what is in flight counts in both.
 */
export const memoryNeverExceeds: Checker = {
  property: 'memory-never-exceeds-ram-plus-swap',
  check(state, _step, met) {
    for (const machine of state.due.touched) {
      const { transferMb } = machine;
      // A chunk in flight is held in both, also one whose owner is gone.
      let resident = transferMb;
      let swapped = transferMb;
      let demand = 0;
      for (const invocation of machine.live) {
        resident += invocation.resident;
        swapped += invocation.demand - invocation.resident - invocation.inFlight - invocation.fresh;
        demand += invocation.demand;
      }
      const usable = Math.max(0, machine.ram - machine.antagonist);
      // While one is in flight an antagonist may still wait for its RAM.
      const ram = transferMb > 0 ? machine.ram : usable;
      if (demand > usable) met('memory-never-exceeds-ram-plus-swap');
      if (resident > ram || swapped > machine.swap) {
        return {
          property: 'memory-never-exceeds-ram-plus-swap',
          entity: `machine ${machine.id}`,
          message: `${resident} MB are resident in ${ram} MB of RAM, and ${swapped} MB are swapped into ${machine.swap} MB`,
        };
      }
    }
    return null;
  },
};

/**
 * Nothing is swapped out for a lower class (paper section 3.2): if an invocation lost RAM to swap in a step, none of a
 * lower class holds any RAM when the step is over. One that is larger than all the RAM there is cannot run now anyway,
 * and is exempt.
 */
export const nothingSwappedForLower: Checker = {
  property: 'nothing-swapped-for-a-lower-class',
  check(state, step, met) {
    for (const decision of step.decisions) {
      if (decision.type !== 'pageOut') continue;
      const loser = invocationOf(state.invocations, decision.id);
      const machine = loser?.machine ?? null;
      if (loser === undefined || machine === null) continue;
      if (loser.demand > Math.max(0, machine.ram - machine.antagonist)) continue;
      for (const other of machine.live) {
        if (other.class >= loser.class) continue;
        met('nothing-swapped-for-a-lower-class');
        if (other.resident > 0) {
          return {
            property: 'nothing-swapped-for-a-lower-class',
            entity: `invocation ${loser.id}`,
            message: `invocation ${loser.id} lost ${decision.memory} MB of RAM while invocation ${other.id} of a lower class holds ${other.resident} MB on machine ${machine.id}`,
          };
        }
      }
    }
    return null;
  },
};
