import type { Decision } from './alphabet.ts';
import { availableRam, isWhole, type Machine, roomIn, swapHeld, swappedOf } from './entities.ts';
import { headOf } from './fifo.ts';
import { billOf } from './metering.ts';
import type { Model } from './model.ts';
import { owedEnqueue } from './rules/admission.ts';
import { calledFor } from './rules/idle-lists.ts';
import { killVictim } from './rules/memory.ts';
import { chunkOf, share } from './rules/paging.ts';
import { betterHead } from './rules/placement.ts';
import type { State } from './state.ts';
import { AVAILABILITY, PHASE, PRESSURE } from './table.ts';
import { overCommit, willRunSet } from './will-run.ts';

/**
 * Every decision that the rules permit in the state that a model is in: what a verdict offers instead of a refused
 * decision, and what exploration of the model by itself branches over. Page-outs and page-ins come in the largest
 * permitted amount only, unless `everyAmount` is set.
 */
export function* permitted(model: Model, everyAmount = false): Generator<Decision> {
  for (const decision of candidates(model.state, everyAmount)) {
    if (model.examine(decision) === null) yield decision;
  }
}

function* candidates(state: State, everyAmount: boolean): Generator<Decision> {
  const { due } = state;
  if (due.waking.length > 0) {
    for (const { id, calleeOutcome } of due.waking) yield { type: 'wake', id, outcome: calleeOutcome };
  } else if (due.answer !== 'none') {
    yield* answersTo(state);
  } else {
    const touched = [...due.touched].sort((a, b) => a.id - b.id);
    if (due.exhausted > 0) {
      for (const machine of touched) yield* kills(state, machine);
    } else {
      for (const machine of touched) yield* settling(state, machine, everyAmount);
      for (const machine of touched) yield* entries(state, machine);
    }
  }
}

function* answersTo(state: State): Generator<Decision> {
  const { answer, subject, lost } = state.due;
  if (answer === 'turn') return yield* placements(state);
  const invocation = answer === 'crash' ? lost[0]! : subject!;
  const { id, shard } = invocation;
  if (answer === 'finish') return yield { type: 'complete', id, bill: billOf(state, invocation) };
  const owed = owedEnqueue(state, invocation);
  if (owed !== null) {
    yield { type: 'enqueue', id, shard, class: owed.class, degraded: owed.degraded };
  } else if (answer === 'crash') {
    yield { type: 'kill', id, reason: 'attempts', bill: billOf(state, invocation) };
  } else {
    yield { type: 'throttle', id };
  }
}

function* placements(state: State): Generator<Decision> {
  const shard = state.shards[state.due.shard]!;
  const up = state.byAvailability[AVAILABILITY.up]!.map((machine) => machine.id).sort((a, b) => a - b);
  for (const queue of shard.queues) {
    const head = headOf(queue);
    // No other head may be placed, and there may be too many samples to look through.
    if (head === undefined || betterHead(state, shard, head) !== null) continue;
    const common = { type: 'place', id: head.id, shard: state.due.shard } as const;
    for (const machine of [...shard.listed].sort((a, b) => a.id - b.id)) {
      yield { ...common, machine: machine.id, via: 'idle-list' };
    }
    if (shard.listed.size > 0) continue;
    for (const polled of combinations(up, Math.min(state.config.kMachines, up.length))) {
      for (const machine of polled) yield { ...common, machine, via: 'poll', polled };
    }
  }
}

function* kills(state: State, machine: Machine): Generator<Decision> {
  if (machine.pressure !== PRESSURE.exhausted) return;
  const victim = killVictim(machine);
  if (victim === null) return;
  const { invocation, reason } = victim;
  yield { type: 'kill', id: invocation.id, reason, bill: billOf(state, invocation) };
}

function* settling(state: State, machine: Machine, everyAmount: boolean): Generator<Decision> {
  if (state.config.paging !== undefined) return yield* settlingInTime(state, machine, everyAmount);
  const willRun = willRunSet(machine);
  for (const invocation of machine.live) {
    if (invocation.phase === PHASE.running && !invocation.willRun) {
      yield { type: 'preempt', id: invocation.id };
    }
  }
  for (const { id, resident, willRun: runs, phase } of machine.live) {
    if (runs || phase === PHASE.running) continue;
    for (const memory of amounts(Math.min(resident, overCommit(machine)), everyAmount)) {
      yield { type: 'pageOut', id, memory };
    }
  }
  for (const { id, demand, resident } of willRun) {
    for (const memory of amounts(Math.min(demand - resident, roomIn(machine)), everyAmount)) {
      yield { type: 'pageIn', id, memory };
    }
  }
  for (const invocation of willRun) {
    if (invocation.phase === PHASE.ready) yield { type: 'start', id: invocation.id };
  }
}

/** Where paging takes time. */
function* settlingInTime(state: State, machine: Machine, everyAmount: boolean): Generator<Decision> {
  const willRun = willRunSet(machine);
  for (const invocation of willRun) {
    const most = Math.min(invocation.fresh, share(machine, invocation));
    for (const memory of amounts(most, everyAmount)) yield { type: 'allocate', id: invocation.id, memory };
  }
  for (const { id, phase } of machine.live) {
    if (phase === PHASE.running) yield { type: 'preempt', id };
  }
  const chunk = chunkOf(state);
  for (const invocation of willRun) {
    const most = Math.min(swappedOf(invocation), share(machine, invocation), chunk);
    for (const memory of amounts(most, everyAmount)) yield { type: 'pageIn', id: invocation.id, memory };
  }
  const mostOut = Math.min(overCommit(machine), machine.swap - swapHeld(machine), chunk);
  for (const { id, resident, willRun: runs, phase } of machine.live) {
    if (runs || phase === PHASE.running) continue;
    for (const memory of amounts(Math.min(resident, mostOut), everyAmount)) {
      yield { type: 'pageOut', id, memory };
    }
  }
  for (const invocation of machine.live) {
    if (invocation.phase === PHASE.ready && isWhole(invocation)) yield { type: 'start', id: invocation.id };
  }
}

function* entries(state: State, machine: Machine): Generator<Decision> {
  const called = calledFor(state, machine);
  const figures = { available: availableRam(machine), functions: machine.live.length };
  if (called === 'unlist') yield { type: 'unlist', machine: machine.id, shard: machine.entry!.shard };
  if (called === 'relist') {
    yield { type: 'relist', machine: machine.id, shard: machine.entry!.shard, ...figures };
  }
  if (called !== 'list') return;
  const shards = state.shards.map((_, id) => id);
  for (const polled of combinations(shards, Math.min(state.config.kShards, shards.length))) {
    for (const shard of polled) yield { type: 'list', machine: machine.id, shard, ...figures, polled };
  }
}

/** Up to this many MB every amount is a choice; of more there could be as many as there are safe integers. */
const MOST_AMOUNTS = 64;

function* amounts(most: number, every: boolean): Generator<number> {
  if (most < 1) return;
  if (every && most > MOST_AMOUNTS) yield* [1, Math.ceil(most / 2)];
  else if (every) for (let amount = 1; amount < most; amount++) yield amount;
  yield most;
}

/** Every choice of `size` of the items, each in the order of the items. */
export function* combinations<Item>(items: readonly Item[], size: number, from = 0): Generator<Item[]> {
  if (size === 0) return yield [];
  for (let first = from; first <= items.length - size; first++) {
    for (const rest of combinations(items, size - 1, first + 1)) yield [items[first]!, ...rest];
  }
}
