import type { Machine, State } from '../../model/state.ts';
import { PHASE } from '../../model/table.ts';
import type { Checker } from './checker.ts';

/**
 * No priority inversion (paper section 3.2): whoever is ready and wholly in RAM waits only while every core of its
 * machine runs somebody of higher rank. Found by comparing everybody who waits with everybody who runs, without
 * asking for the will-run set.
 */
export const noPriorityInversion: Checker = {
  properties: ['no-priority-inversion'],
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
  for (let waiting = 0; waiting < live.length; waiting++) {
    const waits = live[waiting]!;
    if (waits.phase !== PHASE.ready || waits.resident !== waits.demand) continue;
    met('no-priority-inversion');
    if (machine.running < machine.cores) {
      return `invocation ${waits.id} is ready and in RAM while only ${machine.running} of ${machine.cores} cores run`;
    }
    for (let running = 0; running < live.length; running++) {
      const runs = live[running]!;
      if (runs.phase !== PHASE.running) continue;
      if (runs.class < waits.class || (runs.class === waits.class && running > waiting)) {
        return `invocation ${runs.id} (class ${state.config.classes[runs.class]!.name}) runs while invocation ${waits.id} (class ${state.config.classes[waits.class]!.name}) of higher rank is ready and in RAM`;
      }
    }
  }
  return null;
}
