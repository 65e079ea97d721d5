import { produce } from 'immer';
import type { XXDecision } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import type { Moves } from './actors.ts';
import { follow, meter, orphanCallee } from './draft.ts';
import type { StockInvocation, StockState } from './state.ts';

/** The state after a permitted decision: what `produce` makes of the one before. Nothing is refused here. */
export function afterDecision(
  config: Configuration,
  state: StockState,
  decision: XXDecision,
  moves: Moves,
): StockState {
  return produce(state, (draft) => {
    take(config, draft, decision);
    follow(draft, moves);
  });
}

function take(config: Configuration, draft: StockState, decision: XXDecision): void {
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
  decision: Extract<XXDecision, { type: 'list' | 'relist' | 'unlist' }>,
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
