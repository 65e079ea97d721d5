import { produce } from 'immer';
import type { Stimulus } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import type { Moves } from './actors.ts';
import { follow, meter, orphanCallee } from './draft.ts';
import { rateOf } from './rules.ts';
import { emptyMachine, NOTHING_DUE, type StockInvocation, type StockState } from './state.ts';

/** The state after a stimulus, before it is answered: what `produce` makes of the one before. Nothing is refused here. */
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

/** All that live on a machine are lost together, and it is forgotten which of them waited for which. */
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
