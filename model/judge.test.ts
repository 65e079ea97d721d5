import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plans } from '../properties/arbitraries/plan.ts';
import { independentTraces } from '../properties/testing/independent.ts';
import { wander } from '../properties/testing/wander.ts';
import type { Decision, Step } from './alphabet.ts';
import type { Configuration, Trace } from './configuration.ts';
import { Judge, MOST_ALLOWED, type Violation } from './judge.ts';
import { meter, settleTenant } from './metering.ts';
import { Model } from './model.ts';
import { permitted } from './permitted.ts';
import { MACHINE_OBLIGATIONS } from './rules/index.ts';
import type { State } from './state.ts';
import { AVAILABILITY } from './table.ts';
import {
  accept,
  arrives,
  boot,
  cluster,
  complete,
  enqueue,
  finish,
  HIGH,
  LOW,
  later,
  list,
  refuse,
  start,
  story,
  submit,
  tick,
} from './testing.ts';
import { willRunSet } from './will-run.ts';

const traces = independentTraces();

/** Brings up to date all that the model keeps lazily, so that two states compare by what they mean. */
function settled(state: State): State {
  for (const invocation of state.invocations.values()) meter(state, invocation);
  for (const id of state.tenants.keys()) settleTenant(state, id);
  for (const machine of state.machines) willRunSet(machine);
  state.due.settled = false;
  return state;
}

/** A judge that goes on from a copy of a state. */
function judgeFrom(config: Configuration, state: State): Judge {
  const judge = new Judge(config);
  Object.assign(judge.state, structuredClone(state));
  return judge;
}

/** What a state means, in ids: for telling whether two ways through a step lead to the same. */
function essence(state: State) {
  settled(state);
  return {
    invocations: [...state.invocations.values()]
      .map((one) => ({
        ...one,
        caller: one.caller?.id,
        callee: one.callee?.id,
        machine: one.machine?.id,
        position: 0,
      }))
      .toSorted((a, b) => a.id - b.id),
    machines: state.machines.map((machine) => ({
      ...machine,
      live: machine.live.map(({ id }) => id),
      willRun: machine.willRun.map(({ id }) => id),
      position: 0,
    })),
    shards: state.shards.map(({ queues, listed }) => ({
      queues: queues.map(({ items, head }) => items.slice(head).map(({ id }) => id)),
      listed: [...listed].map(({ id }) => id).toSorted((a, b) => a - b),
    })),
    tenants: state.tenants,
    counts: state.counts,
  };
}

/** A step with something wrong in it, and what that is. */
interface Plant {
  readonly kind: string;
  /** The decision that was tampered with. */
  readonly index: number;
  readonly decisions: readonly Decision[];
}

/** Every plant of a step: each decision dropped, doubled, swapped with the next, split, moved and altered. */
function* plantsIn(state: State, { decisions }: Step): Generator<Plant> {
  for (const [index, decision] of decisions.entries()) {
    const { type } = decision;
    const replaced = (...by: readonly Decision[]): Decision[] => decisions.toSpliced(index, 1, ...by);
    yield { kind: `${type} dropped`, index, decisions: replaced() };
    yield { kind: `${type} doubled`, index, decisions: replaced(decision, decision) };
    const next = decisions[index + 1];
    if (next !== undefined && !isDeepStrictEqual(next, decision)) {
      yield { kind: 'swapped', index, decisions: decisions.toSpliced(index, 2, next, decision) };
    }
    if ('memory' in decision && decision.memory > 1) {
      const [one, rest] = [1, decision.memory - 1].map((memory) => ({ ...decision, memory }));
      yield { kind: 'split', index, decisions: replaced(one!, rest!) };
    }
    for (const [what, altered] of alterations(state, decision)) {
      yield { kind: `${type}: ${what}`, index, decisions: replaced(altered) };
    }
  }
}

/** A decision that names other things, or has other figures. */
function* alterations(state: State, decision: Decision): Generator<readonly [string, Decision]> {
  if ('id' in decision) {
    for (const id of othersThan(decision.id, [...state.usedIds])) yield ['other id', { ...decision, id }];
  }
  if ('shard' in decision) {
    for (const shard of othersThan(decision.shard, [...state.shards.keys()])) {
      yield ['other shard', { ...decision, shard }];
    }
  }
  if ('machine' in decision) {
    for (const machine of othersThan(decision.machine, [...state.machines.keys()])) {
      yield ['other machine', { ...decision, machine }];
    }
  }
  if ('memory' in decision) {
    yield ['more memory', { ...decision, memory: decision.memory + 1 }];
    yield ['less memory', { ...decision, memory: decision.memory - 1 }];
  }
  if ('bill' in decision) {
    for (const figure of ['cpuMs', 'mbMs', 'cost'] as const) {
      for (const off of [-1, 1]) {
        yield ['other bill', { ...decision, bill: { ...decision.bill, [figure]: decision.bill[figure] + off } }];
      }
    }
  }
  if ('available' in decision) {
    for (const off of [-1, 1]) {
      yield ['other figures', { ...decision, available: decision.available + off }];
      yield ['other figures', { ...decision, functions: decision.functions + off }];
    }
  }
  switch (decision.type) {
    case 'enqueue':
      for (const price of othersThan(decision.class, [...state.config.classes.keys()])) {
        yield ['other class', { ...decision, class: price }];
      }
      yield ['other flag', { ...decision, degraded: !decision.degraded }];
      break;
    case 'kill':
      for (const reason of ['memory', 'exceeds-machine', 'attempts'] as const) {
        if (reason !== decision.reason) yield ['other reason', { ...decision, reason }];
      }
      break;
    case 'wake':
      yield ['other outcome', { ...decision, outcome: decision.outcome === 'ok' ? 'failed' : 'ok' }];
      break;
    case 'place': {
      const { type, id, shard, machine } = decision;
      const up = state.byAvailability[AVAILABILITY.up]!.map((one) => one.id);
      if (decision.via === 'poll') {
        yield ['other via', { type, id, shard, machine, via: 'idle-list' }];
        yield* otherPolls(decision, up);
      } else {
        const polled = [machine, ...up.filter((one) => one !== machine)].slice(0, state.config.kMachines);
        yield ['other via', { type, id, shard, machine, via: 'poll', polled }];
      }
      break;
    }
    case 'list':
      yield* otherPolls(decision, [...state.shards.keys()]);
      break;
    default:
  }
}

function* otherPolls<Polling extends Decision & { polled: number[] }>(
  decision: Polling,
  population: readonly number[],
): Generator<readonly [string, Polling]> {
  const { polled } = decision;
  yield ['poll too small', { ...decision, polled: polled.slice(1) }];
  yield ['poll of a stranger', { ...decision, polled: polled.with(0, 999) }];
  if (polled.length > 1) {
    yield ['poll of one twice', { ...decision, polled: polled.with(0, polled[1]!) }];
    yield ['poll in another order', { ...decision, polled: polled.toReversed() }];
  }
  for (const other of population.filter((member) => !polled.includes(member))) {
    yield ['poll too large', { ...decision, polled: [...polled, other] }];
    for (const index of polled.keys()) yield ['poll of others', { ...decision, polled: polled.with(index, other) }];
  }
}

/** At most two that there are, and one that there is not. */
function othersThan(one: number, all: readonly number[]): number[] {
  const others = all.filter((other) => other !== one);
  return [...new Set([others[0], others.at(-1), Math.max(one, ...all) + 1])].filter((other) => other !== undefined);
}

interface Verdict extends Plant {
  readonly violation: Violation | null;
  /** The state before the step, the step as it was, and the state after it with and without the plant. */
  readonly before: State;
  readonly step: Step;
  readonly planted: State;
  readonly honest: State;
}

/** Plants everything everywhere in a trace, and judges it up to the end of the step. */
function* verdicts({ config, steps }: Trace): Generator<Verdict> {
  const judge = new Judge(config);
  for (const step of steps) {
    const before = structuredClone(judge.state);
    const violation = judge.step(step.at, step.stimulus, step.decisions);
    if (violation !== null) throw new Error(violation.message);
    for (const plant of plantsIn(before, step)) {
      const other = judgeFrom(config, before);
      yield {
        ...plant,
        violation: other.step(step.at, step.stimulus, plant.decisions),
        before,
        step,
        planted: other.state,
        honest: judge.state,
      };
    }
  }
}

describe('zz', () => {
  test('collect', () => {
    const table: Record<string, Record<string, number>> = {};
    const messages: Record<string, string> = {};
    let n = 0;
    for (const { trace } of traces) {
      for (const v of verdicts(trace)) {
        n++;
        const rule = v.violation?.rule ?? 'ACCEPTED';
        table[v.kind] ??= {};
        table[v.kind]![rule] = (table[v.kind]![rule] ?? 0) + 1;
        messages[`${v.kind} / ${rule}`] ??= v.violation?.message ?? '';
      }
    }
    console.log(n, JSON.stringify(table, null, 1), JSON.stringify(messages, null, 1));
  });
});
