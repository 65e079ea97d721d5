import { counted } from '../../model/counted.ts';
import type { Invocation, Machine } from '../../model/entities.ts';
import type { State } from '../../model/state.ts';
import { PHASE } from '../../model/table.ts';
import { className } from '../../model/words.ts';
import type { Checker } from './checker.ts';

/**
 * No priority inversion (paper section 3.2): an invocation that is ready and wholly in RAM waits only while every core
 * of its machine runs one of higher rank; and where more run than there are cores, so that they share them, no lower
 * class takes its part from a higher one. Found by comparing all that wait with all that run, without asking for the
 * will-run set.
 */
export const noPriorityInversion: Checker = {
  property: 'no-priority-inversion',
  check(state, _step, met) {
    for (const machine of state.due.touched) {
      const wrong = inversionOn(state, machine, met);
      if (wrong !== null)
        return { property: 'no-priority-inversion', entity: `machine ${machine.id}`, message: wrong };
    }
    return null;
  },
};

function inversionOn(
  state: State,
  machine: Machine,
  met: (property: 'no-priority-inversion') => void,
): string | null {
  const { live } = machine;
  if (machine.running > machine.cores) {
    met('no-priority-inversion');
    const shared = sharedWithLower(machine);
    if (shared !== null) {
      const [higher, lower] = shared;
      return `invocation ${lower.id} (class ${className(state, lower.class)}) runs beside invocation ${higher.id} (class ${className(state, higher.class)}), and ${machine.running} share ${counted(machine.cores, 'core')}`;
    }
  }
  // While its disk works, somebody may wait there to give up RAM, or run on a core that is lent.
  if (machine.transferMb > 0) return null;
  for (let waiting = 0; waiting < live.length; waiting++) {
    const waits = live[waiting]!;
    if (waits.phase !== PHASE.ready || waits.resident !== waits.demand) continue;
    met('no-priority-inversion');
    if (machine.running < machine.cores) {
      return `invocation ${waits.id} is ready and in RAM while only ${machine.running} of ${machine.cores} cores ${machine.running === 1 ? 'is' : 'are'} busy`;
    }
    for (let running = 0; running < live.length; running++) {
      const runs = live[running]!;
      if (runs.phase !== PHASE.running) continue;
      if (runs.class < waits.class || (runs.class === waits.class && running > waiting)) {
        return `invocation ${runs.id} (class ${className(state, runs.class)}) runs while invocation ${waits.id} (class ${className(state, waits.class)}) of higher rank is ready and in RAM`;
      }
    }
  }
  return null;
}

/** Of those that run on a machine, one of the highest class and one of the lowest; null when all are of one class. */
function sharedWithLower({ live }: Machine): readonly [higher: Invocation, lower: Invocation] | null {
  const running = live.filter(({ phase }) => phase === PHASE.running);
  const higher = running.reduce((one, other) => (other.class > one.class ? other : one));
  const lower = running.reduce((one, other) => (other.class < one.class ? other : one));
  return higher.class === lower.class ? null : [higher, lower];
}
