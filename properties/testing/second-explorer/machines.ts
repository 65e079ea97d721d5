import type { Bounds, Invocation, Machine, State } from './state.ts';

/** Section 4 of the specification: who runs, who is killed, and where memory is. Section 6: idle lists. */

function usable({ ram }: Bounds, { antagonist }: Machine): number {
  return Math.max(0, ram - antagonist);
}

/** Ids on a machine, the highest rank first. */
function ranked(state: State, { order }: Machine): number[] {
  const place = (id: number) => {
    const { class: priceClass, phase } = state.invocations[id]!;
    return [-priceClass, phase === 'blocked' ? 1 : 0, order.indexOf(id)];
  };
  return [...order].sort((one, other) => {
    const [a, b] = [place(one), place(other)];
    return a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!;
  });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function willRun(bounds: Bounds, state: State, machine: Machine): number[] {
  const ram = usable(bounds, machine);
  const of = (id: number): Invocation => state.invocations[id]!;
  const taken: number[] = [];
  for (const id of ranked(state, machine)) {
    if (taken.length === bounds.cores) break;
    if (of(id).phase === 'blocked') continue;
    const passedOver = machine.order.filter(
      (other) => of(other).class > of(id).class && !taken.includes(other) && of(other).demand <= ram,
    );
    const room =
      ram - sum(taken.map((one) => of(one).demand)) - sum(passedOver.map((one) => of(one).resident));
    if (of(id).demand <= room) taken.push(id);
  }
  return taken;
}

/** Ends one, frees its memory, and wakes its caller. */
export function end(state: State, id: number, phase: 'completed' | 'killed'): void {
  const ended = state.invocations[id]!;
  ended.phase = phase;
  const machine = state.machines[ended.machine];
  if (machine !== undefined) {
    machine.order = machine.order.filter((other) => other !== id);
    if (machine.status === 'draining' && machine.order.length === 0) machine.status = 'down';
  }
  for (const other of state.invocations) if (other.caller === id) other.caller = null;
  const { caller } = ended;
  ended.caller = null;
  if (caller === null) return;
  const woken = state.invocations[caller]!;
  woken.phase = 'ready';
  const home = state.machines[woken.machine]!;
  home.order = [...home.order.filter((other) => other !== caller), caller];
}

export function settleAll(bounds: Bounds, state: State): void {
  for (let before = ''; before !== JSON.stringify(state); ) {
    before = JSON.stringify(state);
    for (const machine of state.machines) settle(bounds, state, machine);
  }
}

function settle(bounds: Bounds, state: State, machine: Machine): void {
  const ram = usable(bounds, machine);
  const of = (id: number): Invocation => state.invocations[id]!;
  const tooLarge = () =>
    ranked(state, machine)
      .reverse()
      .find((id) => of(id).demand > bounds.ram || of(id).demand > ram + bounds.swap);
  for (let id = tooLarge(); id !== undefined; id = tooLarge()) end(state, id, 'killed');
  while (sum(machine.order.map((id) => of(id).demand)) > ram + bounds.swap) {
    end(state, ranked(state, machine).at(-1)!, 'killed');
  }
  const chosen = willRun(bounds, state, machine);
  const others = ranked(state, machine)
    .reverse()
    .filter((id) => !chosen.includes(id));
  for (const id of others) if (of(id).phase === 'running') of(id).phase = 'ready';
  let over =
    sum(machine.order.map((id) => of(id).resident)) +
    sum(chosen.map((id) => of(id).demand - of(id).resident)) -
    ram;
  const isLarge = (id: number): boolean => of(id).demand > ram;
  for (const id of [...others.filter(isLarge), ...others.filter((one) => !isLarge(one))]) {
    const out = Math.max(0, Math.min(over, of(id).resident));
    of(id).resident -= out;
    over -= out;
  }
  for (const id of chosen) {
    of(id).resident = of(id).demand;
    of(id).phase = 'running';
  }
}

export function updateIdleLists(bounds: Bounds, state: State): void {
  for (const machine of state.machines) {
    const { status, order, entry } = machine;
    const demand = sum(order.map((id) => state.invocations[id]!.demand));
    const available = Math.max(0, usable(bounds, machine) - demand);
    const functions = order.length;
    if (entry === null) {
      if (status !== 'up' || available < bounds.enter) continue;
      const entries = state.queues.map(
        (_, shard) => state.machines.filter((other) => other.entry?.shard === shard).length,
      );
      machine.entry = { shard: entries.indexOf(Math.min(...entries)), available, functions };
    } else if (status !== 'up' || available < bounds.leave) {
      machine.entry = null;
    } else if (
      Math.abs(available - entry.available) >= bounds.memoryDrift ||
      Math.abs(functions - entry.functions) >= bounds.functionsDrift
    ) {
      machine.entry = { shard: entry.shard, available, functions };
    }
  }
}

/** The machine that a shard places on, and its count of that; -1 if none is up. */
export function chooseMachine(state: State, shard: number): number {
  const best = (ids: number[], figures: (machine: Machine) => number[]): number =>
    [...ids].sort((one, other) => {
      const [a, b] = [figures(state.machines[one]!), figures(state.machines[other]!)];
      return a[0]! - b[0]! || a[1]! - b[1]! || one - other;
    })[0] ?? -1;
  const ids = state.machines.map((_, id) => id);
  const listed = ids.filter((id) => state.machines[id]!.entry?.shard === shard);
  if (listed.length > 0) {
    const id = best(listed, ({ entry }) => [entry!.functions, -entry!.available]);
    state.machines[id]!.entry!.functions++;
    return id;
  }
  const up = ids.filter((id) => state.machines[id]!.status === 'up');
  return best(up, ({ order }) => [order.length, 0]);
}
