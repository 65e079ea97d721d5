import type { Stimulus } from '../../../model/alphabet.ts';
import { chooseMachine, end, settleAll, updateIdleLists } from './machines.ts';
import type { Bounds, Invocation, State } from './state.ts';

/** What may happen in a state, and what comes of it: the answer, then every machine settled, then the idle lists. */

export function possibleIn(bounds: Bounds, state: State): Stimulus[] {
  const { crashes = 0, drains = 0, joins = 0, restarts = 0, antagonists = [] } = bounds;
  const { cores, ram, swap } = bounds;
  const { faults } = state;
  const found: Stimulus[] = [];
  const id = state.invocations.findIndex(({ phase }) => phase === 'unused');
  const arrivals = bounds.prices.flatMap((_, priceClass) =>
    state.queues.map((__, shard) => ({ id, function: 'f', class: priceClass, shard })),
  );
  if (id >= 0) {
    for (const { id: unused, ...rest } of arrivals)
      found.push({ type: 'submit', id: unused, tenant: 0, ...rest });
  }
  state.queues.forEach((queues, shard) => {
    if (queues.some((queue) => queue.length > 0)) found.push({ type: 'turn', shard });
  });
  state.invocations.forEach(({ phase, demand }, caller) => {
    if (phase !== 'running') return;
    if (demand < bounds.maxDemand) found.push({ type: 'resize', id: caller, demand: demand + 1 });
    if (bounds.shrink && demand > 1) found.push({ type: 'resize', id: caller, demand: demand - 1 });
    found.push({ type: 'finish', id: caller });
    if (bounds.calls && id >= 0)
      for (const arrival of arrivals) found.push({ type: 'call', caller, ...arrival });
  });
  const firstAbsent = state.machines.findIndex(({ status }) => status === 'absent');
  state.machines.forEach(({ status, antagonist }, machine) => {
    const lives = status === 'up' || status === 'draining';
    for (const memory of antagonists) {
      if (lives && memory !== antagonist) found.push({ type: 'antagonist', machine, memory });
    }
    if (lives && faults.crashes < crashes) found.push({ type: 'crash', machine });
    if (status === 'up' && faults.drains < drains) found.push({ type: 'drain', machine });
    if ((status === 'down' || machine === firstAbsent) && faults.joins < joins) {
      found.push({ type: 'join', machine, cores, ram, swap });
    }
  });
  if (faults.restarts < restarts) {
    for (const shard of state.queues.keys()) found.push({ type: 'restart', shard });
  }
  if (timePasses(bounds, state)) found.push({ type: 'tick' });
  return found;
}

function timePasses({ maxAge, budget, maxMetered }: Bounds, { invocations }: State): boolean {
  const queued = invocations.filter(({ phase }) => phase === 'queued');
  const placed = invocations.filter(isPlaced);
  if (queued.some(({ age }) => age >= maxAge)) return false;
  if (maxMetered !== undefined && placed.some(({ cpuMs, mbMs }) => Math.max(cpuMs, mbMs) >= maxMetered))
    return false;
  const roots = budget !== undefined && invocations.some(({ phase }) => phase === 'unused');
  return queued.length > 0 || roots || (maxMetered !== undefined && placed.length > 0);
}

function isPlaced({ phase }: Invocation): boolean {
  return phase === 'ready' || phase === 'running' || phase === 'blocked';
}

export function after(bounds: Bounds, before: State, stimulus: Stimulus): State {
  const state = structuredClone(before);
  happen(bounds, state, stimulus);
  settleAll(bounds, state);
  updateIdleLists(bounds, state);
  return state;
}

function happen(bounds: Bounds, state: State, stimulus: Stimulus): void {
  const { invocations, machines, faults } = state;
  switch (stimulus.type) {
    case 'submit':
      return admit(bounds, state, stimulus);
    case 'call': {
      const caller = invocations[stimulus.caller]!;
      caller.phase = 'blocked';
      const inherited = caller.degraded ? caller.class : Math.max(caller.class, stimulus.class);
      arrive(state, stimulus, inherited, caller.degraded);
      invocations[stimulus.id]!.caller = stimulus.caller;
      return;
    }
    case 'turn':
      return turn(bounds, state, stimulus.shard);
    case 'resize': {
      const resized = invocations[stimulus.id]!;
      resized.resident += stimulus.demand - resized.demand;
      resized.demand = stimulus.demand;
      return;
    }
    case 'finish':
      return end(state, stimulus.id, 'completed');
    case 'antagonist':
      machines[stimulus.machine]!.antagonist = stimulus.memory;
      return;
    case 'join':
      faults.joins++;
      machines[stimulus.machine] = { status: 'up', antagonist: 0, order: [], entry: null };
      return;
    case 'drain': {
      const machine = machines[stimulus.machine]!;
      faults.drains++;
      machine.status = machine.order.length === 0 ? 'down' : 'draining';
      return;
    }
    case 'crash':
      faults.crashes++;
      return crash(bounds, state, stimulus.machine);
    case 'restart':
      faults.restarts++;
      for (const machine of machines) if (machine.entry?.shard === stimulus.shard) machine.entry = null;
      return;
    case 'tick':
      return tick(bounds, state);
    default:
      return;
  }
}

function arrive(
  state: State,
  { id, shard }: { id: number; shard: number },
  priceClass: number,
  degraded: boolean,
): void {
  Object.assign(state.invocations[id]!, { phase: 'queued', class: priceClass, degraded, attempt: 1, shard });
  state.queues[shard]![priceClass]!.push(id);
}

function admit({ budget }: Bounds, state: State, root: { id: number; class: number; shard: number }): void {
  if (budget === undefined) return arrive(state, root, root.class, false);
  const { amount, period, burstPercent } = budget;
  if (state.spent >= amount) {
    state.invocations[root.id]!.phase = 'throttled';
    return;
  }
  // spent > amount · elapsed / period + amount · burst / 100, without fractions.
  const isAhead = state.spent * 100 * period > amount * state.elapsed * 100 + amount * burstPercent * period;
  arrive(state, root, isAhead ? 0 : root.class, isAhead);
}

function turn({ prices, initialMemory }: Bounds, state: State, shard: number): void {
  const machine = chooseMachine(state, shard);
  if (machine < 0) return;
  const urgency = (id: number): number => prices[state.invocations[id]!.class]! * state.invocations[id]!.age;
  let chosen: number[] = [];
  for (const queue of state.queues[shard]!) {
    if (queue.length === 0) continue;
    if (chosen.length === 0 || urgency(queue[0]!) >= urgency(chosen[0]!)) chosen = queue;
  }
  const id = chosen.shift()!;
  Object.assign(state.invocations[id]!, { phase: 'ready', machine, age: 0 });
  Object.assign(state.invocations[id]!, { demand: initialMemory, resident: initialMemory });
  Object.assign(state.invocations[id]!, { cpuMs: 0, mbMs: 0 });
  state.machines[machine]!.order.push(id);
}

function crash({ maxAttempts = 1 }: Bounds, state: State, id: number): void {
  const machine = state.machines[id]!;
  const lost = [...machine.order].sort((one, other) => one - other);
  machine.status = 'down';
  machine.order = [];
  for (const one of lost) {
    Object.assign(state.invocations[one]!, { machine: -1, demand: 0, resident: 0 });
    for (const other of state.invocations) if (other.caller === one) other.caller = null;
  }
  for (const one of lost) {
    const again = state.invocations[one]!;
    if (again.attempt >= maxAttempts) {
      end(state, one, 'killed');
      continue;
    }
    Object.assign(again, { phase: 'queued', age: 0, attempt: again.attempt + 1 });
    state.queues[again.shard]![again.class]!.push(one);
  }
}

function tick({ prices, memoryPrice = 0, budget }: Bounds, state: State): void {
  for (const one of state.invocations) {
    if (one.phase === 'queued') one.age++;
    if (one.phase === 'running') {
      one.cpuMs++;
      state.spent += prices[one.class]!;
    }
    if (!isPlaced(one)) continue;
    one.mbMs += one.resident;
    state.spent += one.resident * memoryPrice;
  }
  if (budget === undefined) return;
  state.elapsed++;
  state.spent = Math.min(state.spent, budget.amount);
  if (state.elapsed < budget.period) return;
  state.elapsed = 0;
  state.spent = 0;
}
