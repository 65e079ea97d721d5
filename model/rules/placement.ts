import { counted } from '../counted.ts';
import type { Invocation, Machine } from '../entities.ts';
import { headOf } from '../fifo.ts';
import { lessPriceTimesWait } from '../metering.ts';
import { MANY, type Placement, type Shard, type State } from '../state.ts';
import { AVAILABILITY } from '../table.ts';
import { className, clippedList, portrait } from '../words.ts';
import type { Permission, StepObligation } from './rule.ts';
import { isSampleOf } from './sample.ts';

/** Which function a shard places, and where (paper section 3.2, "Global Scheduler Shards"). */

/** A head that must be placed before `invocation`: of greater price × wait, or of equal and a higher class. */
export function betterHead(state: State, shard: Shard, invocation: Invocation): Invocation | null {
  const { classes } = state.config;
  const price = classes[invocation.class]!.price;
  const wait = state.now - invocation.enqueuedAt;
  for (let other = 0; other < classes.length; other++) {
    const head = headOf(shard.queues[other]!);
    if (head === undefined || head === invocation) continue;
    const headPrice = classes[other]!.price;
    const headWait = state.now - head.enqueuedAt;
    if (lessPriceTimesWait(price, wait, headPrice, headWait)) return head;
    if (other > invocation.class && !lessPriceTimesWait(headPrice, headWait, price, wait)) return head;
  }
  return null;
}

export const placeGreatest: Permission = {
  id: 'place-greatest',
  sentence:
    'On its turn a shard places one function: of the heads of its queues the one with the greatest price × wait, among equals the highest class.',
  section: '3.2',
  premise: 'a function is placed',
  formula: {
    place: [
      'it is the turn of s, and s has placed nobody in this step',
      'i is the head of its queue at s',
      'price(i) × wait(i) ≥ price(h) × wait(h) for every other head h at s; where they are equal, class(i) > class(h)',
    ],
  },
  permits(state, { invocation, decision }) {
    if (decision.type !== 'place' || state.due.answer !== 'turn') return false;
    if (decision.shard !== state.due.shard) return false;
    const shard = state.shards[decision.shard]!;
    return (
      headOf(shard.queues[invocation!.class]!) === invocation &&
      betterHead(state, shard, invocation!) === null
    );
  },
  objection(state, { invocation, decision }) {
    if (decision.type !== 'place' || state.due.answer !== 'turn') {
      return 'it answers no turn: a turn places one function at most';
    }
    if (decision.shard !== state.due.shard) return `it is the turn of shard ${state.due.shard}`;
    const shard = state.shards[decision.shard]!;
    const head = headOf(shard.queues[invocation!.class]!);
    if (head !== invocation) {
      return `${portrait(state, head!)} came before it in the queue of class ${className(state, invocation!.class)}`;
    }
    const better = betterHead(state, shard, invocation!)!;
    return `${priceTimesWait(state, better)} goes before ${priceTimesWait(state, invocation!)}`;
  },
};

function priceTimesWait(state: State, invocation: Invocation): string {
  const { price } = state.config.classes[invocation.class]!;
  const wait = state.now - invocation.enqueuedAt;
  return `invocation ${invocation.id} (class ${className(state, invocation.class)}, price × wait ${price} × ${wait})`;
}

export const placeLeastLoaded: Permission = {
  id: 'place-least-loaded',
  sentence:
    'A function goes to the machine whose entry on the idle list of the shard has the fewest functions; if the list is empty, to the machine with the fewest live invocations of kMachines polled.',
  section: '3.2',
  premise: 'a function is placed',
  formula: {
    place: [
      'via idle-list: the idle list of s names m, and none of its entries has fewer functions',
      'via poll: the idle list of s is empty; polled are min(kMachines, machines that are up) distinct machines that are up, m is one of them, and none of them has fewer live invocations',
    ],
  },
  permits(state, { machine, decision }) {
    if (decision.type !== 'place') return false;
    const shard = state.shards[decision.shard]!;
    return decision.via === 'idle-list'
      ? machine!.entry !== null &&
          machine!.entry.shard === decision.shard &&
          !hasFewer(shard, machine!.entry.functions)
      : shard.listed.size === 0 &&
          isPollOfMachines(state, decision.polled) &&
          isLeastLoaded(state, machine!, decision.polled);
  },
  objection(state, { machine, decision }) {
    if (decision.type !== 'place') return 'it is no placement';
    const shard = state.shards[decision.shard]!;
    if (decision.via === 'idle-list') {
      if (machine!.entry === null || machine!.entry.shard !== decision.shard) {
        return `machine ${machine!.id} is not on the idle list of shard ${decision.shard}, which names ${listedNames(shard)}`;
      }
      return `of the machines on the idle list of shard ${decision.shard} (${listedNames(shard)}) another has fewer than ${counted(machine!.entry.functions, 'function')}`;
    }
    if (shard.listed.size > 0) {
      return `the idle list of shard ${decision.shard} is not empty: it names ${listedNames(shard)}`;
    }
    if (!isPollOfMachines(state, decision.polled)) {
      const up = state.byAvailability[AVAILABILITY.up]!.length;
      return `a poll takes ${Math.min(state.config.kMachines, up)} distinct machines of the ${up} that are up`;
    }
    return `of the machines polled (${clippedList(decision.polled)}) machine ${machine!.id} with ${counted(machine!.live.length, 'live invocation')} does not have the fewest, or was not polled`;
  },
};

function listedNames(shard: Shard): string {
  const entries = [...shard.listed].map((m) => `machine ${m.id} with ${m.entry!.functions}`);
  return entries.length === 0 ? 'none' : clippedList(entries);
}

/** Whether an entry of the list has fewer functions. The cost grows with the count, not with the length of the list. */
export function hasFewer({ entriesByFunctions, listed }: Shard, functions: number): boolean {
  const counted = Math.min(functions, MANY);
  for (let fewer = 0; fewer < counted; fewer++) {
    if ((entriesByFunctions[fewer] ?? 0) > 0) return true;
  }
  return functions > MANY && [...listed].some(({ entry }) => entry!.functions < functions);
}

function isPollOfMachines(state: State, polled: readonly number[]): boolean {
  const up = state.byAvailability[AVAILABILITY.up]!.length;
  return (
    polled.length === Math.min(state.config.kMachines, up) &&
    isSampleOf(polled, (id) => state.machines[id]?.availability === AVAILABILITY.up)
  );
}

function isLeastLoaded(state: State, machine: Machine, polled: readonly number[]): boolean {
  let wasPolled = false;
  for (const id of polled) {
    if (state.machines[id]!.live.length < machine.live.length) return false;
    if (id === machine.id) wasPolled = true;
  }
  return wasPolled;
}

export const boundedOvertaking: StepObligation = {
  id: 'bounded-overtaking',
  sentence:
    'An invocation that a shard places has at least the price × wait of every invocation that stays queued there, so none is overtaken forever.',
  section: '3.2',
  premise: 'one is placed while another waits at the same shard, of another class or enqueued earlier',
  applies(state) {
    for (const placement of state.due.placed) if (couldOvertake(state, placement)) return true;
    return false;
  },
  breach(state) {
    for (const placement of state.due.placed) {
      const head = overtakenBy(state, placement);
      if (head === null) continue;
      const { invocation, waitedMs } = placement;
      const { price } = state.config.classes[invocation.class]!;
      return {
        entity: `invocation ${head.id}`,
        message: `invocation ${invocation.id} was placed with price × wait ${price} × ${waitedMs} while ${priceTimesWait(state, head)} waits`,
      };
    }
    return null;
  },
};

/** Whether another invocation still waits at the shard of a placement, other than those behind it in the same queue. */
function couldOvertake({ shards, now }: State, { invocation, waitedMs }: Placement): boolean {
  const { queues, queued } = shards[invocation.shard]!;
  if (queued === 0) return false;
  const { items, head } = queues[invocation.class]!;
  if (items.length - head < queued) return true;
  return items[head]!.enqueuedAt < now - waitedMs;
}

/** A head that still waits at the shard of a placement with more price × wait than the one that was placed. */
function overtakenBy(state: State, { invocation, waitedMs }: Placement): Invocation | null {
  const { classes } = state.config;
  const { price } = classes[invocation.class]!;
  for (const queue of state.shards[invocation.shard]!.queues) {
    const head = headOf(queue);
    if (head === undefined) continue;
    if (lessPriceTimesWait(price, waitedMs, classes[head.class]!.price, state.now - head.enqueuedAt))
      return head;
  }
  return null;
}
