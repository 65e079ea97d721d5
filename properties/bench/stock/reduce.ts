import { produce } from 'immer';
import type { Decision, Stimulus } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import type { Moves } from './actors.ts';
import { rateOf } from './rules.ts';
import { emptyMachine, NOTHING_DUE, type StockInvocation, type StockState } from './state.ts';

/** What stimuli and decisions do to the state, each a `produce` that returns the next one. Nothing is refused here. */

/** Lets time pass: what tenants with a budget have spent, split where a period ends. */
function advance(config: Configuration, state: StockState, draft: StockState, at: number): void {
  draft.now = at;
  if (at === state.now) return;
  config.tenants.forEach((tenant, id) => {
    if (tenant.budget === null) return;
    const rate = rateOf(config, state, id);
    const periodStart = at - (at % tenant.period);
    if (state.now < periodStart) draft.spent[id] = rate * (at - periodStart);
    else draft.spent[id]! += rate * (at - state.now);
  });
}

/** The state after a stimulus, before it is answered. */
export function afterStimulus(
  config: Configuration,
  state: StockState,
  at: number,
  stimulus: Stimulus,
  moves: Moves,
): StockState {
  return produce(state, (draft) => {
    advance(config, state, draft, at);
    draft.due = NOTHING_DUE;
    happen(state, draft, stimulus);
    follow(draft, moves);
  });
}

function happen(state: StockState, draft: StockState, stimulus: Stimulus): void {
  const { now } = draft;
  switch (stimulus.type) {
    case 'submit':
      draft.invocations[stimulus.id] = submitted(stimulus, stimulus.tenant, null, now);
      draft.due = { ...NOTHING_DUE, answer: 'submit', subject: stimulus.id };
      return;
    case 'call': {
      const caller = draft.invocations[stimulus.caller]!;
      meter(draft, caller);
      caller.callee = stimulus.id;
      draft.invocations[stimulus.id] = submitted(stimulus, caller.tenant, caller.id, now);
      draft.due = { ...NOTHING_DUE, answer: 'call', subject: stimulus.id };
      return;
    }
    case 'turn': {
      const queued = state.shards[stimulus.shard]!.queues.some((queue) => queue.length > 0);
      const canPlace = queued && state.machines.some(({ availability }) => availability === 'up');
      draft.due = { ...NOTHING_DUE, answer: canPlace ? 'turn' : 'none', shard: stimulus.shard };
      return;
    }
    case 'resize': {
      const invocation = draft.invocations[stimulus.id]!;
      meter(draft, invocation);
      invocation.demand = stimulus.demand;
      invocation.resident = stimulus.demand;
      return;
    }
    case 'finish':
      meter(draft, draft.invocations[stimulus.id]!);
      draft.due = { ...NOTHING_DUE, answer: 'finish', subject: stimulus.id };
      return;
    case 'antagonist':
      draft.machines[stimulus.machine]!.antagonist = stimulus.memory;
      return;
    case 'join':
      draft.machines[stimulus.machine] = {
        ...emptyMachine(stimulus),
        entry: state.machines[stimulus.machine]?.entry ?? null,
      };
      return;
    case 'crash':
      return lose(draft, stimulus.machine);
    case 'restart':
      for (const machine of draft.machines) {
        if (machine.entry?.shard === stimulus.shard) machine.entry = null;
      }
      return;
    case 'boot':
    case 'drain':
    case 'tick':
      return;
  }
}

/** Copies what the actors say now of those that have moved. */
function follow(draft: StockState, { invocations, machines }: Moves): void {
  for (const { id, phase } of invocations) {
    const invocation = draft.invocations[id];
    if (invocation !== undefined) invocation.phase = phase;
  }
  for (const { id, availability, memory } of machines) {
    const machine = draft.machines[id]!;
    machine.availability = availability;
    machine.memory = memory;
  }
}

function submitted(
  stimulus: { id: number; class: number; shard: number },
  tenant: number,
  caller: number | null,
  at: number,
): StockInvocation {
  return {
    id: stimulus.id,
    tenant,
    askedClass: stimulus.class,
    class: stimulus.class,
    degraded: false,
    caller,
    callee: null,
    phase: 'new',
    shard: stimulus.shard,
    enqueuedAt: at,
    machine: null,
    demand: 0,
    resident: 0,
    attempt: 0,
    cpuMs: 0,
    mbMs: 0,
    meteredAt: at,
  };
}

/** All that live on a machine are lost together, and whoever among them waited for whom is forgotten. */
function lose(draft: StockState, machineId: number): void {
  const machine = draft.machines[machineId]!;
  for (const id of machine.live) {
    const invocation = draft.invocations[id]!;
    orphanCallee(draft, invocation);
    leaveMemory(invocation);
    invocation.cpuMs = 0;
    invocation.mbMs = 0;
    invocation.meteredAt = draft.now;
  }
  const lost = [...machine.live].sort((a, b) => a - b);
  machine.live = [];
  machine.antagonist = 0;
  draft.due = { ...NOTHING_DUE, answer: lost.length > 0 ? 'crash' : 'none', lost };
}

function leaveMemory(invocation: StockInvocation): void {
  invocation.machine = null;
  invocation.demand = 0;
  invocation.resident = 0;
}

function orphanCallee(draft: StockState, invocation: StockInvocation): void {
  if (invocation.callee !== null) draft.invocations[invocation.callee]!.caller = null;
  invocation.callee = null;
}

/** Brings the meters of an invocation up to now: before its phase or its resident memory changes. */
function meter(draft: StockState, invocation: StockInvocation): void {
  const ms = draft.now - invocation.meteredAt;
  if (invocation.phase === 'running') invocation.cpuMs += ms;
  invocation.mbMs += invocation.resident * ms;
  invocation.meteredAt = draft.now;
}

/** The state after a permitted decision. */
export function afterDecision(
  config: Configuration,
  state: StockState,
  decision: Decision,
  moves: Moves,
): StockState {
  return produce(state, (draft) => {
    take(config, draft, decision);
    follow(draft, moves);
  });
}

function take(config: Configuration, draft: StockState, decision: Decision): void {
  if (decision.type === 'list' || decision.type === 'relist' || decision.type === 'unlist') {
    return changeEntry(draft, decision);
  }
  const invocation = draft.invocations[decision.id]!;
  switch (decision.type) {
    case 'enqueue':
      invocation.class = decision.class;
      invocation.degraded = decision.degraded;
      invocation.enqueuedAt = draft.now;
      invocation.attempt++;
      draft.shards[invocation.shard]!.queues[decision.class]!.push(decision.id);
      draft.due.enqueued.push(decision.id);
      return settleAnswer(draft);
    case 'throttle':
      delete draft.invocations[decision.id];
      return settleAnswer(draft);
    case 'place': {
      const machine = draft.machines[decision.machine]!;
      draft.shards[decision.shard]!.queues[invocation.class]!.shift();
      const waitedMs = draft.now - invocation.enqueuedAt;
      draft.due.placed = { shard: decision.shard, class: invocation.class, waitedMs };
      invocation.machine = decision.machine;
      invocation.demand = config.initialMemory;
      invocation.resident = config.initialMemory;
      invocation.cpuMs = 0;
      invocation.mbMs = 0;
      invocation.meteredAt = draft.now;
      machine.live.push(decision.id);
      if (decision.via === 'idle-list') machine.entry!.functions++;
      return settleAnswer(draft);
    }
    case 'start':
    case 'preempt':
      return meter(draft, invocation);
    case 'pageOut':
    case 'pageIn':
      meter(draft, invocation);
      invocation.resident += decision.type === 'pageIn' ? decision.memory : -decision.memory;
      return;
    case 'complete':
    case 'kill': {
      end(draft, invocation, decision.type === 'complete' ? 'ok' : 'failed');
      if (decision.type === 'complete' || draft.due.answer === 'crash') settleAnswer(draft);
      return;
    }
    case 'wake': {
      const { live } = draft.machines[invocation.machine!]!;
      meter(draft, invocation);
      live.splice(live.indexOf(decision.id), 1);
      live.push(decision.id);
      draft.due.waking = null;
      return;
    }
  }
}

function changeEntry(
  draft: StockState,
  decision: Extract<Decision, { type: 'list' | 'relist' | 'unlist' }>,
): void {
  const machine = draft.machines[decision.machine]!;
  const { shard } = decision;
  machine.entry =
    decision.type === 'unlist'
      ? null
      : { shard, available: decision.available, functions: decision.functions };
}

function end(draft: StockState, invocation: StockInvocation, outcome: 'ok' | 'failed'): void {
  const { id, machine, caller } = invocation;
  if (machine !== null) {
    const { live } = draft.machines[machine]!;
    live.splice(live.indexOf(id), 1);
  }
  orphanCallee(draft, invocation);
  delete draft.invocations[id];
  if (caller === null) return;
  draft.invocations[caller]!.callee = null;
  draft.due.waking = caller;
  draft.due.outcome = outcome;
}

/** One answer is given; a crash is answered when all that were lost have theirs. */
function settleAnswer(draft: StockState): void {
  const { due } = draft;
  if (due.answer === 'crash') due.lost.shift();
  if (due.answer !== 'crash' || due.lost.length === 0) due.answer = 'none';
}
