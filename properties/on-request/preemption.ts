import type { Decision, Stimulus } from '../../model/alphabet.ts';
import { counted } from '../../model/counted.ts';
import { usableRam } from '../../model/entities.ts';
import type { State } from '../../model/state.ts';
import { invocationOf } from '../../model/unended.ts';
import type { Checker, Wrong } from '../checkers/checker.ts';

const PROPERTY = 'bounded-preemption';

/** What has befallen an invocation since it came to its machine. */
interface Stay {
  readonly id: number;
  readonly class: number;
  readonly machine: number;
  /** How many things have happened there that can take its core, and its RAM. */
  coreThreats: number;
  ramThreats: number;
  preemptions: number;
  /** In how many steps it has lost RAM to swap. */
  pageOuts: number;
}

/**
 * Bounded preemption: while it lives on a machine, an invocation loses its core no more often, and RAM in no more steps,
 * than things happen there that can take them from it.
 *
 * Its core can be taken by each of its class or a higher one that it finds when it comes or wakes; by each of a higher
 * class that comes or wakes; and with each change of its own demand, of that of one not lower, or of the antagonist. What
 * leaves, or waits for a callee, has come before, and so counts once. Its RAM can be taken by the same, and beyond that at
 * its own coming, since what it begins with is resident at once; by each of its own class that comes or wakes, since a
 * small one may run in the place of a large one that is passed over; and by those of its class that it finds when it
 * blocks, since it ranks behind them then. Whoever is larger than the RAM that the antagonist leaves is left out, since
 * anybody may take the RAM of one that cannot run. An eviction ends the stay. Kept from the trace, for one run.
 */
export function createBoundedPreemption(): Checker {
  const classes = new Map<number, number>();
  const stays = new Map<number, Stay>();
  return {
    property: PROPERTY,
    check(state, step, met) {
      hear(step.stimulus, stays);
      const preempted = new Set<Stay>();
      const pagedOut = new Set<Stay>();
      for (const decision of step.decisions) follow(decision, { classes, stays, preempted, pagedOut });
      for (const stay of pagedOut) {
        if (couldRun(state, stay)) stay.pageOuts++;
        else pagedOut.delete(stay);
      }
      for (const stay of [...preempted, ...pagedOut]) {
        met(PROPERTY);
        const wrong = tooOften(stay);
        if (wrong !== null) return wrong;
      }
      return null;
    },
  };
}

/** Not larger than the RAM that the antagonist leaves: else it cannot run now, and its pages are of no use to it. */
function couldRun(state: State, { id }: Stay): boolean {
  const invocation = invocationOf(state.invocations, id);
  return invocation?.machine != null && invocation.demand <= usableRam(invocation.machine);
}

function tooOften({ id, machine, coreThreats, ramThreats, preemptions, pageOuts }: Stay): Wrong | null {
  if (preemptions <= coreThreats && pageOuts <= ramThreats) return null;
  const often =
    preemptions > coreThreats
      ? `was preempted ${counted(preemptions, 'time')} on machine ${machine}, where ${counted(coreThreats, 'thing')} happened that could take its core`
      : `lost RAM in ${counted(pageOuts, 'step')} on machine ${machine}, where ${counted(ramThreats, 'thing')} happened that could take its RAM`;
  return { property: PROPERTY, entity: `invocation ${id}`, message: `invocation ${id} ${often}` };
}

function hear(stimulus: Stimulus, stays: Map<number, Stay>): void {
  switch (stimulus.type) {
    case 'resize': {
      const changed = stays.get(stimulus.id);
      if (changed === undefined) return;
      for (const stay of stays.values()) {
        if (stay.machine === changed.machine && stay.class <= changed.class) threaten(stay);
      }
      return;
    }
    case 'call': {
      const caller = stays.get(stimulus.caller);
      if (caller === undefined) return;
      for (const other of stays.values()) if (isBeside(other, caller)) caller.ramThreats++;
      return;
    }
    case 'antagonist':
      for (const stay of stays.values()) if (stay.machine === stimulus.machine) threaten(stay);
      return;
    case 'crash':
      for (const stay of [...stays.values()]) if (stay.machine === stimulus.machine) stays.delete(stay.id);
      return;
  }
}

interface Account {
  /** The effective class of each that was enqueued and has not ended. */
  readonly classes: Map<number, number>;
  readonly stays: Map<number, Stay>;
  /** Who lost a core, and who lost RAM, in this step. */
  readonly preempted: Set<Stay>;
  readonly pagedOut: Set<Stay>;
}

function follow(decision: Decision, { classes, stays, preempted, pagedOut }: Account): void {
  switch (decision.type) {
    case 'enqueue':
      classes.set(decision.id, decision.class);
      return;
    case 'place': {
      const { id, machine } = decision;
      const zero = { coreThreats: 0, ramThreats: 1, preemptions: 0, pageOuts: 0 };
      const stay = { id, class: classes.get(id)!, machine, ...zero };
      stays.set(id, stay);
      comes(stay, stays);
      return;
    }
    case 'wake': {
      const stay = stays.get(decision.id);
      if (stay !== undefined) comes(stay, stays);
      return;
    }
    case 'preempt': {
      const stay = stays.get(decision.id)!;
      stay.preemptions++;
      preempted.add(stay);
      return;
    }
    case 'pageOut':
      pagedOut.add(stays.get(decision.id)!);
      return;
    case 'evict':
      stays.delete(decision.id);
      return;
    case 'complete':
    case 'cancel':
    case 'kill':
      stays.delete(decision.id);
      classes.delete(decision.id);
      return;
  }
}

/** One comes to its machine, or wakes there, behind all of its class: it threatens those below, and those above threaten it. */
function comes(comer: Stay, stays: Map<number, Stay>): void {
  for (const other of stays.values()) {
    if (isBeside(other, comer)) threaten(comer);
    if (other === comer || other.machine !== comer.machine) continue;
    if (other.class < comer.class) threaten(other);
    else if (other.class === comer.class) other.ramThreats++;
  }
}

/** Whether it is another one on the same machine, of no lower class. */
function isBeside(other: Stay, stay: Stay): boolean {
  return other !== stay && other.machine === stay.machine && other.class >= stay.class;
}

function threaten(stay: Stay): void {
  stay.coreThreats++;
  stay.ramThreats++;
}
