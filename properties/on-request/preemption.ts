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
  /** Whether it waits for a callee: then it ranks behind those of its class that do not. */
  isBlocked: boolean;
  /** How many things have happened there that can push it aside. */
  pushes: number;
  preemptions: number;
  /** In how many steps it has lost RAM to swap. */
  pageOuts: number;
}

/**
 * Bounded preemption: while it lives on a machine, an invocation loses its core no more often, and RAM in no more steps,
 * than things happen there that can push it aside. Those are: each of its class or a higher one that it finds when it
 * comes or wakes; each of a higher class that comes or wakes; each change of its own demand or that of one not lower; each
 * change of the antagonist. What leaves, or waits for a callee, has come before, and so counts once. Kept from the trace
 * alone, for one run.
 */
export function createBoundedPreemption(): Checker {
  const classes = new Map<number, number>();
  const stays = new Map<number, Stay>();
  return {
    property: PROPERTY,
    check(state, step, met) {
      hear(step.stimulus, stays);
      const lost = new Set<Stay>();
      const pagedOut = new Set<Stay>();
      for (const decision of step.decisions) follow(decision, { classes, stays, lost, pagedOut });
      for (const stay of pagedOut) {
        if (couldRun(state, stay)) stay.pageOuts++;
        else pagedOut.delete(stay);
      }
      for (const stay of [...lost, ...pagedOut]) {
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

function tooOften({ id, machine, pushes, preemptions, pageOuts }: Stay): Wrong | null {
  if (preemptions <= pushes && pageOuts <= pushes + 1) return null;
  const often =
    preemptions > pushes
      ? `was preempted ${counted(preemptions, 'time')}`
      : `lost RAM in ${counted(pageOuts, 'step')}`;
  return {
    property: PROPERTY,
    entity: `invocation ${id}`,
    message: `invocation ${id} ${often} on machine ${machine}, where ${counted(pushes, 'thing')} happened that could push it aside`,
  };
}

function hear(stimulus: Stimulus, stays: Map<number, Stay>): void {
  switch (stimulus.type) {
    case 'resize': {
      const grower = stays.get(stimulus.id);
      if (grower === undefined) return;
      for (const stay of stays.values()) {
        if (stay.machine === grower.machine && stay.class <= grower.class) stay.pushes++;
      }
      return;
    }
    case 'call': {
      const caller = stays.get(stimulus.caller);
      if (caller === undefined) return;
      caller.isBlocked = true;
      findsOthers(caller, stays);
      return;
    }
    case 'antagonist':
      for (const stay of stays.values()) if (stay.machine === stimulus.machine) stay.pushes++;
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
  readonly lost: Set<Stay>;
  readonly pagedOut: Set<Stay>;
}

function follow(decision: Decision, { classes, stays, lost, pagedOut }: Account): void {
  switch (decision.type) {
    case 'enqueue':
      classes.set(decision.id, decision.class);
      return;
    case 'place': {
      const { id, machine } = decision;
      const stay = {
        id,
        class: classes.get(id)!,
        machine,
        isBlocked: false,
        pushes: 0,
        preemptions: 0,
        pageOuts: 0,
      };
      stays.set(id, stay);
      comes(stay, stays);
      return;
    }
    case 'wake': {
      const stay = stays.get(decision.id);
      if (stay === undefined) return;
      stay.isBlocked = false;
      comes(stay, stays);
      return;
    }
    case 'preempt': {
      const stay = stays.get(decision.id)!;
      stay.preemptions++;
      lost.add(stay);
      return;
    }
    case 'pageOut':
      pagedOut.add(stays.get(decision.id)!);
      return;
    case 'complete':
    case 'kill':
      stays.delete(decision.id);
      classes.delete(decision.id);
      return;
  }
}

/** One comes to its machine, or wakes there: it pushes those below it, and finds those who can push it. */
function comes(comer: Stay, stays: Map<number, Stay>): void {
  findsOthers(comer, stays);
  for (const other of stays.values()) {
    if (other === comer || other.machine !== comer.machine) continue;
    if (other.class < comer.class || (other.class === comer.class && other.isBlocked)) other.pushes++;
  }
}

/** One comes, blocks or wakes, and so stands behind all of its class and above that are there. */
function findsOthers(stay: Stay, stays: Map<number, Stay>): void {
  for (const other of stays.values()) {
    if (other !== stay && other.machine === stay.machine && other.class >= stay.class) stay.pushes++;
  }
}
