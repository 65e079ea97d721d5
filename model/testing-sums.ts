import { type Invocation, type Machine, swappedOf } from './entities.ts';
import type { OptionalState } from './optional/optional-state.ts';
import { MANY, type State } from './state.ts';
import { AVAILABILITY, DISK, IMAGE, LISTING, PHASE, PRESSURE } from './table.ts';
import { everybody } from './unended.ts';
import { countOfIds, isUsed } from './used-ids.ts';

/**
 * Everything derived that the model keeps, computed again from scratch: for tests that take the model where no rule
 * would let it.
 */

const ON_A_MACHINE = [PHASE.ready, PHASE.running, PHASE.finishing, PHASE.blocked, PHASE.waking];
const ENDED = [PHASE.completed, PHASE.killed, PHASE.throttled];

/** What is not as it must be, a line for each; none when all is well. Changes nothing, and brings nothing up to date. */
export function wrongSums(state: State): string[] {
  const wrong: string[] = [];
  const expectSame = (what: string, kept: unknown, found: unknown): void => {
    if (!Object.is(kept, found)) wrong.push(`${what} is kept as ${kept} and found as ${found}`);
  };
  const all = everybody(state.invocations);
  checkBuckets(state, all, expectSame);
  for (const invocation of all) checkInvocation(invocation, expectSame);
  for (const machine of state.machines) checkMachine(state, machine, all, expectSame);
  checkShards(state, all, expectSame);
  checkTenants(state, all, expectSame);
  checkDue(state, expectSame);
  if (state.optional !== null) checkOptional(state, state.optional, all, expectSame);
  const { submitted, completed, killed, throttled } = state.counts;
  expectSame('the count of the submitted', submitted, completed + killed + throttled + all.length);
  expectSame('the count of used ids', countOfIds(state.usedIds), submitted);
  return wrong;
}

type ExpectSame = (what: string, kept: unknown, found: unknown) => void;

function sum<Item>(items: Iterable<Item>, figure: (item: Item) => number): number {
  let total = 0;
  for (const item of items) total += figure(item);
  return total;
}

function checkBuckets(state: State, all: readonly Invocation[], expectSame: ExpectSame): void {
  expectSame('the number of the living', state.invocations.size, all.length);
  expectSame(
    'the size of all phases',
    sum(state.byPhase, ({ length }) => length),
    all.length,
  );
  for (const invocation of all) {
    const { id, phase, position } = invocation;
    expectSame(`the place of ${id} in its phase`, state.byPhase[phase]![position]?.id, id);
    expectSame(`whether the id of ${id} is used`, isUsed(state.usedIds, id), true);
  }
  for (const phase of ENDED) expectSame(`the bucket of phase ${phase}`, state.byPhase[phase]!.length, 0);
  expectSame(
    'the size of all availabilities',
    sum(state.byAvailability, ({ length }) => length),
    state.machines.length,
  );
  for (const { id, availability, position } of state.machines) {
    expectSame(`the place of machine ${id}`, state.byAvailability[availability]![position]?.id, id);
  }
}

function checkInvocation(invocation: Invocation, expectSame: ExpectSame): void {
  const { id, phase, machine, demand, resident, caller, callee } = invocation;
  expectSame(`whether ${id} is on a machine`, machine !== null, ON_A_MACHINE.includes(phase));
  expectSame(`the image of ${id}`, invocation.image, imageOf(invocation));
  expectSame(`whether ${id} holds a part of what it demands`, resident >= 0 && resident <= demand, true);
  const { fresh, inFlight } = invocation;
  expectSame(
    `whether ${id} has any part below 0`,
    Math.min(fresh, inFlight, swappedOf(invocation)) < 0,
    false,
  );
  expectSame(
    `what of ${id} is in flight`,
    inFlight,
    machine?.transferOwner === invocation ? machine.transferMb : 0,
  );
  expectSame(`whether ${id} demands anything`, demand > 0, machine !== null);
  expectSame(`whether ${id} waits for somebody`, callee !== null, phase === PHASE.blocked);
  if (caller !== null) {
    expectSame(`the callee of the caller of ${id}`, caller.callee?.id, id);
    expectSame(`the phase of the caller of ${id}`, caller.phase, PHASE.blocked);
  }
  if (callee !== null) {
    expectSame(`the caller of the callee of ${id}`, callee.caller?.id, id);
    expectSame(`whether the callee of ${id} has ended`, ENDED.includes(callee.phase), false);
  }
}

function imageOf({ machine, demand, resident, fresh }: Invocation): number {
  if (machine === null) return IMAGE.absent;
  if (fresh > 0) return IMAGE.fresh;
  if (resident === demand) return IMAGE.resident;
  return resident === 0 ? IMAGE.swapped : IMAGE.partlySwapped;
}

function checkMachine(
  state: State,
  machine: Machine,
  all: readonly Invocation[],
  expectSame: ExpectSame,
): void {
  const name = `machine ${machine.id}`;
  const { live } = machine;
  const there = all.filter((invocation) => invocation.machine === machine);
  expectSame(`${name}: who lives there`, idsOf(live.toSorted(byId)), idsOf(there.toSorted(byId)));
  expectSame(
    `${name}: its demand`,
    machine.demand,
    sum(there, ({ demand }) => demand),
  );
  expectSame(
    `${name}: what is resident`,
    machine.resident,
    sum(there, ({ resident }) => resident),
  );
  expectSame(
    `${name}: what is nowhere yet`,
    machine.fresh,
    sum(there, ({ fresh }) => fresh),
  );
  checkDisk(machine, name, expectSame);
  expectSame(
    `${name}: whether something is in flight`,
    machine.transferMb > 0,
    state.transferring.has(machine),
  );
  expectSame(
    `${name}: how many run`,
    machine.running,
    there.filter(({ phase }) => phase === PHASE.running).length,
  );
  expectSame(`${name}: its pressure chart`, machine.pressure, pressureOf(machine));
  expectSame(`${name}: its listing chart`, machine.listing === LISTING.listed, machine.entry !== null);
  expectSame(`${name}: whether it is touched`, machine.touched, state.due.touched.includes(machine));
  const { availability } = machine;
  if (availability === AVAILABILITY.draining) expectSame(`${name}: whether it drains`, live.length > 0, true);
  if (availability === AVAILABILITY.down)
    expectSame(`${name}: who lives there although down`, live.length, 0);
  if (machine.willRunKnown) {
    const willRun = freshWillRun(machine);
    expectSame(`${name}: who will run`, idsOf(machine.willRun), idsOf(willRun));
    for (const one of live) expectSame(`whether ${one.id} will run`, one.willRun, willRun.includes(one));
  }
}

function checkDisk(machine: Machine, name: string, expectSame: ExpectSame): void {
  const { disk, transferOwner, transferMb, live } = machine;
  expectSame(`${name}: whether its disk is idle`, disk === DISK.idle, transferMb === 0);
  expectSame(
    `${name}: whether its chunk has an owner`,
    transferOwner !== null,
    [DISK.out, DISK.in].includes(disk),
  );
  if (transferOwner !== null)
    expectSame(`${name}: whether the owner lives`, live.includes(transferOwner), true);
}

function pressureOf({ ram, antagonist, live, ...machine }: Machine): number {
  const swap = Math.max(0, machine.swap - machine.reserve);
  const usable = Math.max(0, ram - antagonist);
  const demand = sum(live, (one) => one.demand);
  if (demand <= usable) return PRESSURE.ample;
  const most = Math.min(ram, usable + swap);
  return demand > usable + swap || live.some((one) => one.demand > most)
    ? PRESSURE.exhausted
    : PRESSURE.pressed;
}

/** W(m) as the specification says it: from the highest rank down, every one that fits. */
function freshWillRun(machine: Machine): Invocation[] {
  const usable = Math.max(0, machine.ram - machine.antagonist);
  const isBlocked = ({ phase }: Invocation) => phase === PHASE.blocked || phase === PHASE.waking;
  // Sorting keeps the order of arrival among equals.
  const ranked = machine.live.toSorted(
    (a, b) => b.class - a.class || Number(isBlocked(a)) - Number(isBlocked(b)),
  );
  const taken: Invocation[] = [];
  for (const one of ranked) {
    if (isBlocked(one) || one.phase === PHASE.finishing || taken.length === machine.cores) continue;
    const passedOver = ranked.filter(
      (other) => other.class > one.class && !taken.includes(other) && other.demand <= usable,
    );
    const room =
      usable -
      sum(taken, ({ demand }) => demand) -
      sum(passedOver, (one) => one.resident + (machine.disk === DISK.in ? one.inFlight : 0));
    if (one.demand <= room) taken.push(one);
  }
  return taken;
}

function checkShards(state: State, all: readonly Invocation[], expectSame: ExpectSame): void {
  for (const [id, shard] of state.shards.entries()) {
    const name = `shard ${id}`;
    const queued = all.filter(({ phase, shard: at }) => phase === PHASE.queued && at === id);
    expectSame(`${name}: how many are queued`, shard.queued, queued.length);
    for (const [priceClass, { items, head }] of shard.queues.entries()) {
      const waiting = items.slice(head);
      const found = queued.filter((one) => one.class === priceClass);
      expectSame(`${name}: queue ${priceClass}`, idsOf(waiting.toSorted(byId)), idsOf(found.toSorted(byId)));
      const times = waiting.map(({ enqueuedAt }) => enqueuedAt);
      expectSame(
        `${name}: the order of queue ${priceClass}`,
        `${times}`,
        `${times.toSorted((a, b) => a - b)}`,
      );
    }
    const listed = state.machines.filter(({ entry }) => entry?.shard === id);
    expectSame(`${name}: its list`, idsOf([...shard.listed].toSorted(byId)), idsOf(listed));
    const counts = shard.entriesByFunctions.map((count, functions) => `${count} of ${functions}`);
    const found = shard.entriesByFunctions.map(
      (_, functions) => `${countOf(listed, functions)} of ${functions}`,
    );
    expectSame(`${name}: entries by functions`, `${counts}`, `${found}`);
    expectSame(
      `${name}: entries`,
      sum(shard.entriesByFunctions.filter(Boolean), (count) => count),
      listed.length,
    );
  }
}

/** Entries with so many functions; the last counter is of all that have more. */
function countOf(listed: readonly Machine[], functions: number): number {
  return listed.filter(({ entry }) => Math.min(entry!.functions, MANY) === functions).length;
}

function checkTenants(state: State, all: readonly Invocation[], expectSame: ExpectSame): void {
  for (const [id, tenant] of state.tenants.entries()) {
    if (tenant.budget === null) continue;
    const own = all.filter((invocation) => invocation.tenant === id);
    const running = state.config.classes.map(
      (_, priceClass) => own.filter((one) => one.phase === PHASE.running && one.class === priceClass).length,
    );
    expectSame(`tenant ${id}: its running by class`, `${tenant.runningByClass}`, `${running}`);
    expectSame(
      `tenant ${id}: what is resident`,
      tenant.resident,
      sum(own, ({ resident, inFlight }) => resident + inFlight),
    );
  }
}

/** In which phase the one is that a stimulus awaits an answer for. */
const AWAITS: Partial<Record<State['due']['answer'], number>> = {
  submit: PHASE.admission,
  call: PHASE.inheritance,
  finish: PHASE.finishing,
};

function checkDue({ due, machines, shards }: State, expectSame: ExpectSame): void {
  const exhausted = machines.filter(({ pressure }) => pressure === PRESSURE.exhausted);
  expectSame('the number of machines that a kill is due on', due.exhausted, exhausted.length);
  expectSame(
    'whom the stimulus awaits an answer for',
    due.subject?.phase,
    AWAITS[due.answer] ?? due.subject?.phase,
  );
  expectSame('whether the crash has its answer', due.answer === 'crash', due.lost.length > 0);
  for (const one of due.lost) expectSame(`the phase of ${one.id}, which was lost`, one.phase, PHASE.lost);
  for (const one of due.waking) expectSame(`the phase of ${one.id}, which wakes`, one.phase, PHASE.waking);
  expectSame('how many wake', new Set(due.waking).size, due.waking.length);
  expectSame('how many are touched', new Set(due.touched).size, due.touched.length);
  if (due.answer === 'turn') expectSame('whether the turn has work', shards[due.shard]!.queued > 0, true);
}

function checkOptional(
  { machines, shards, counts }: State,
  optional: OptionalState,
  all: readonly Invocation[],
  expectSame: ExpectSame,
): void {
  const { reservations, lines, pools, givenUp } = optional;
  for (const [{ id, phase }, places] of reservations) {
    expectSame(`the phase of ${id}, who holds places in line`, phase, PHASE.queued);
    expectSame(`whether ${id} holds a place in line`, places.size > 0, true);
    for (const machine of places) {
      expectSame(
        `whether machine ${machine.id}, where ${id} has a place, is up`,
        machine.availability,
        AVAILABILITY.up,
      );
    }
  }
  for (const machine of machines) {
    const there = all.filter((one) => reservations.get(one)?.has(machine) === true);
    const line = [...(lines.get(machine) ?? [])];
    expectSame(`the line at machine ${machine.id}`, idsOf(line.toSorted(byId)), idsOf(there.toSorted(byId)));
    expectSame(`whether machine ${machine.id} has a line`, lines.has(machine), there.length > 0);
  }
  expectSame('the number of pools', pools.length, shards.length);
  for (const one of givenUp) {
    expectSame(
      `whether the client of ${one.id}, who has given up, has a root that lives`,
      one.root && all.includes(one),
      true,
    );
  }
  expectSame('whether more were killed than cancelled', counts.killed >= optional.counts.cancelled, true);
}

const byId = (one: { id: number }, other: { id: number }): number => one.id - other.id;

function idsOf(items: readonly { id: number }[]): string {
  return items.map(({ id }) => id).join(' ');
}
