import {
  and,
  atLeast,
  atMost,
  type Bool,
  boolVariable,
  equal,
  FALSE,
  type Int,
  int,
  intVariable,
  lessThan,
  minus,
  not,
  onlyIf,
  or,
  plus,
} from '../terms/term.ts';
import type { Host, Resident } from './entities.ts';
import type { Rules } from './rules.ts';

/**
 * The walk that finds the will-run set of a machine: from the highest rank down, one at a time. What it has seen so far
 * is kept as a few sums, however many there were: a lemma about one step of the walk is a lemma about all walks.
 */
export interface Walk {
  /** The class of the last one met; before the first, any that is not below its class. */
  readonly class: Int;
  /** How many were taken. */
  readonly count: Int;
  /** What those taken demand. */
  readonly taken: Int;
  /** What those taken hold in RAM. */
  readonly takenResident: Int;
  /** What those passed over keep from this class: they are above it, and not larger than RAM′. */
  readonly above: Int;
  /** What those passed over in this class will keep from lower ones. */
  readonly same: Int;
  /** What all that were passed over hold in RAM. */
  readonly rest: Int;
  /** Whether the walk is over already; never, by the rules. */
  readonly stopped: Bool;
}

/** A walk about which nothing is known yet. */
export function walkCalled(name: string, stops = false): Walk {
  const part = (part: string, shown: string) => intVariable(`${name}.${part}`, `${shown}(${name})`);
  return {
    class: part('class', 'class'),
    count: part('count', 'count'),
    taken: part('taken', 'taken'),
    takenResident: part('takenResident', 'inRam'),
    above: part('above', 'above'),
    same: part('same', 'same'),
    rest: part('rest', 'rest'),
    stopped: stops ? boolVariable(`${name}.stopped`, `stopped(${name})`) : FALSE,
  };
}

/** Before the first, of a machine where nobody is above this class. */
export function beginning(topClass: Int): Walk {
  const zero = int(0);
  return {
    class: topClass,
    count: zero,
    taken: zero,
    takenResident: zero,
    above: zero,
    same: zero,
    rest: zero,
    stopped: FALSE,
  };
}

/** The room that is left for the next one, in MB. */
export function roomFor(walk: Walk, { class: priceClass }: Resident, { usable }: Host): Int {
  return minus(usable, walk.taken, aboveOf(walk, priceClass));
}

/** Whether the walk takes the next one. */
export function takes(rules: Rules, host: Host, walk: Walk, next: Resident): Bool {
  return and(
    not(walk.stopped),
    rules.couldRun(next),
    rules.coreIsFree(walk.count, host.cores),
    rules.fits(next, roomFor(walk, next, host)),
  );
}

/** The walk once it has met the next one, taken or not. */
export function after(rules: Rules, host: Host, walk: Walk, next: Resident): Walk {
  const isTaken = takes(rules, host, walk, next);
  const isPassed = not(isTaken);
  const { class: priceClass, demand, resident } = next;
  return {
    class: priceClass,
    count: plus(walk.count, onlyIf(isTaken, int(1))),
    taken: plus(walk.taken, onlyIf(isTaken, demand)),
    takenResident: plus(walk.takenResident, onlyIf(isTaken, resident)),
    above: aboveOf(walk, priceClass),
    same: plus(onlyIf(equal(priceClass, walk.class), walk.same), onlyIf(isPassed, rules.keeps(next, host))),
    rest: plus(walk.rest, onlyIf(isPassed, resident)),
    stopped: rules.stopsThere
      ? or(walk.stopped, and(isPassed, rules.couldRun(next), rules.coreIsFree(walk.count, host.cores)))
      : FALSE,
  };
}

function aboveOf(walk: Walk, priceClass: Int): Int {
  return plus(walk.above, onlyIf(lessThan(priceClass, walk.class), walk.same));
}

/** Whether the walk may meet this one next: it goes by rank. */
export function comesNext(walk: Walk, next: Resident): Bool {
  return atMost(next.class, walk.class);
}

/** What holds at every moment of a walk (lemma `walk-fits`). */
export function fitsSoFar(walk: Walk, { cores, usable }: Host): Bool {
  return and(
    atLeast(walk.count, int(0)),
    atMost(walk.count, cores),
    atLeast(walk.taken, int(0)),
    atMost(walk.taken, usable),
    atLeast(walk.takenResident, int(0)),
    atMost(walk.takenResident, walk.taken),
    atLeast(walk.above, int(0)),
    atLeast(walk.same, int(0)),
    atMost(plus(walk.above, walk.same), walk.rest),
  );
}

/** What all on a machine hold in RAM, in MB: R. */
export function residentOf(walk: Walk): Int {
  return plus(walk.takenResident, walk.rest);
}

/** What the will-run set lacks in RAM, in MB. */
export function lackOf(walk: Walk): Int {
  return minus(walk.taken, walk.takenResident);
}

/** R + lack − RAM′. */
export function overOf(resident: Int, lack: Int, { usable }: Host): Int {
  return minus(plus(resident, lack), usable);
}
