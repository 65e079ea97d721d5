import { counted } from '../../model/counted.ts';
import { type Invocation, type Machine, usableRam } from '../../model/entities.ts';
import { PHASE } from '../../model/table.ts';
import { className } from '../../model/words.ts';
import type { Checker } from '../checkers/checker.ts';

/**
 * No crowding on a machine (paper section 2: the functions of low classes crowd out those of high ones). Crowded is one
 * that waits, or shares its cores with more than there are, while one of a lower class runs there, and that would fit into
 * RAM beside its own class and higher ones: what keeps it from running at full speed is the lower class alone.
 */
export const noCrowdingOnAMachine: Checker = {
  property: 'no-crowding-on-a-machine',
  check(state, _step, met) {
    for (const machine of state.due.touched) {
      // While memory is on its way, somebody may run on a core that is lent.
      if (machine.transferMb > 0) continue;
      for (const invocation of machine.live) {
        if (!isHeldUp(invocation, machine) || ramBesideItsBetters(invocation, machine) < invocation.demand)
          continue;
        met('no-crowding-on-a-machine');
        const lower = lowestThatRuns(machine);
        if (lower === null || lower.class >= invocation.class) continue;
        return {
          property: 'no-crowding-on-a-machine',
          entity: `machine ${machine.id}`,
          message: `invocation ${invocation.id} (class ${className(state, invocation.class)}) ${heldUpText(invocation, machine)} while invocation ${lower.id} (class ${className(state, lower.class)}) runs`,
        };
      }
    }
    return null;
  },
};

/** It is on its machine, waits for nobody's answer, and does not have a core to itself. */
export function isHeldUp({ phase }: Invocation, { running, cores }: Machine): boolean {
  return phase === PHASE.ready || (phase === PHASE.running && running > cores);
}

/** How one is held up that is. */
export function heldUpText({ phase }: Invocation, { running, cores }: Machine): string {
  return phase === PHASE.ready
    ? 'waits'
    : `shares ${counted(cores, 'core')} with ${counted(running - 1, 'other')}`;
}

/**
 * The RAM of a machine, in MB, that its own class and higher ones leave to an invocation, which need not live there: what
 * lower classes hold counts as free. Negative where they hold more than there is.
 */
export function ramBesideItsBetters(invocation: Invocation, machine: Machine): number {
  let roomMb = usableRam(machine);
  for (const other of machine.live) {
    if (other !== invocation && other.class >= invocation.class) roomMb -= other.resident;
  }
  return roomMb;
}

/** One of the lowest class that runs on a machine; null when nobody does. */
export function lowestThatRuns({ live }: Machine): Invocation | null {
  let lowest: Invocation | null = null;
  for (const invocation of live) {
    if (invocation.phase !== PHASE.running) continue;
    if (lowest === null || invocation.class < lowest.class) lowest = invocation;
  }
  return lowest;
}
