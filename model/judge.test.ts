import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { independentTraces } from '../properties/testing/independent.ts';
import { type Plant, plantsIn } from '../properties/testing/plants.ts';
import { everywhere } from '../properties/testing/wander.ts';
import type { Step } from './alphabet.ts';
import type { Configuration, Trace } from './configuration.ts';
import { emptyTally } from './coverage.ts';
import { Judge, MOST_ALLOWED } from './judge.ts';
import { meter, settleTenant } from './metering.ts';
import type { Model } from './model.ts';
import { MACHINE_OBLIGATIONS, RULE_INDEX, RULES, STEP_OBLIGATIONS } from './rules/index.ts';
import type { RuleId } from './rules/rule.ts';
import type { State } from './state.ts';
import { TRANSITIONS } from './table.ts';
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
  list,
  refuse,
  start,
  story,
  submit,
  turn,
} from './testing.ts';
import { everybody } from './unended.ts';
import { willRunSet } from './will-run.ts';

const traces = independentTraces();

/** Brings up to date all that the model keeps lazily, so that two states compare by what they mean. */
function settled(state: State): State {
  for (const invocation of everybody(state.invocations)) meter(state, invocation);
  for (const id of state.tenants.keys()) settleTenant(state, id);
  for (const machine of state.machines) willRunSet(machine);
  state.due.settled = false;
  return state;
}

/** What judges of plants count is of no interest. */
const uncounted = emptyTally();

/** A judge that goes on from a copy of a state. */
function judgeFrom(config: Configuration, state: State): Judge {
  const judge = new Judge(config, uncounted);
  Object.assign(judge.state, structuredClone(state));
  return judge;
}

/** What a state means, in ids: for telling whether two ways through a step lead to the same. */
function essence(state: State) {
  settled(state);
  const ids = (invocations: Iterable<{ id: number }>) => Array.from(invocations, ({ id }) => id);
  return {
    invocations: everybody(state.invocations)
      .toSorted((a, b) => a.id - b.id)
      .map((one) => [
        [one.id, one.class, one.degraded, one.phase, one.image, one.shard, one.enqueuedAt, one.attempt],
        [one.demand, one.resident, one.cpuMs, one.mbMs],
        [one.machine?.id, one.caller?.id, one.callee?.id],
      ]),
    machines: state.machines.map((one) => [
      [one.availability, one.listing, one.pressure, one.antagonist, one.demand, one.resident, one.running],
      ids(one.live),
      ids(one.willRun),
      one.entry,
    ]),
    queues: state.shards.map((shard) => shard.queues.map(({ items, head }) => ids(items.slice(head)))),
    listed: state.shards.map((shard) => ids(shard.listed).toSorted((a, b) => a - b)),
    tenants: state.tenants,
    counts: state.counts,
  };
}

/** The model in the midst of a step, before the decision at `index`. */
function modelAt(
  config: Configuration,
  before: State,
  { at, stimulus, decisions }: Step,
  index: number,
): Model {
  const { model } = judgeFrom(config, before);
  model.stimulate(at, stimulus);
  for (const decision of decisions.slice(0, index)) {
    expect(model.examine(decision)).toBeNull();
    model.apply(decision);
  }
  return model;
}

interface Verdict {
  readonly plant: Plant;
  /** The rule that refuses it; null when it is accepted. */
  readonly rule: RuleId | null;
  readonly config: Configuration;
  /** Counted from 0. */
  readonly stepIndex: number;
  readonly step: Step;
  /** The state before the step, and after it with the plant, if it was accepted, and without. */
  readonly before: State;
  readonly planted: State | null;
  readonly honest: State;
}

/** Plants everything everywhere in a trace, and judges it up to the end of the step. */
function* verdictsOn({ config, steps }: Trace): Generator<Verdict> {
  const judge = new Judge(config, uncounted);
  const { model, state: honest } = judge;
  for (const [stepIndex, step] of steps.entries()) {
    const { at, stimulus, decisions } = step;
    const before = structuredClone(honest);
    const plants = [...plantsIn(before, step)];
    const common = { config, stepIndex, step, before, honest };
    const passing: Plant[] = [];
    model.stimulate(at, stimulus);
    for (const index of [...decisions.keys(), decisions.length]) {
      for (const plant of plants) {
        if (plant.index !== index) continue;
        const decision = plant.decisions[index];
        const rule = decision === undefined ? judge.judgeEnd(stimulus)?.rule : model.examine(decision)?.id;
        if (rule === undefined) passing.push(plant);
        else yield { ...common, plant, rule, planted: null };
      }
      const decision = decisions[index];
      if (decision === undefined) break;
      expect(model.examine(decision)).toBeNull();
      model.apply(decision);
    }
    expect(judge.judgeEnd(stimulus)).toBeNull();
    for (const plant of passing) {
      const other = judgeFrom(config, before);
      const rule = other.step(at, stimulus, plant.decisions)?.rule ?? null;
      yield { ...common, plant, rule, planted: rule === null ? other.state : null };
    }
  }
}

/** Which rules refuse what: after how the rules are told apart, not after how the judge happens to find out. */
const REFUSED_BY: Record<string, string> = {
  'enqueue dropped': 'admit answered',
  'enqueue doubled': 'possible-decision',
  'enqueue: other id': 'possible-decision',
  'enqueue: other shard': 'admit possible-decision',
  'enqueue: other class': 'admit possible-decision',
  'enqueue: other flag': 'admit',
  'throttle dropped': 'answered',
  'throttle doubled': 'possible-decision',
  'throttle: other id': 'possible-decision',
  'place dropped': 'answered possible-decision',
  'place doubled': 'possible-decision',
  'place: other id': 'place-greatest possible-decision',
  'place: other shard': 'possible-decision',
  // Where it is a tie, what follows in the step is about another machine than it should be.
  'place: other machine':
    'idle-list-true kill-iff memory-bound page-out-lowest place-least-loaded possible-decision preempt-outranked run-the-highest start-highest',
  'place: other via': 'place-least-loaded',
  'place: poll of a stranger': 'place-least-loaded',
  'place: poll of one twice': 'place-least-loaded',
  'place: poll too small': 'place-least-loaded',
  'start dropped': 'idle-list-true run-the-highest',
  'start doubled': 'possible-decision',
  'start: other id': 'possible-decision start-highest',
  'preempt dropped': 'page-out-lowest start-highest',
  'preempt doubled': 'possible-decision',
  'preempt: other id': 'possible-decision preempt-outranked',
  'pageOut dropped': 'idle-list-true memory-bound page-in-to-run page-out-lowest',
  'pageOut doubled': 'page-out-lowest possible-decision',
  'pageOut: other id': 'page-out-lowest possible-decision',
  'pageOut: more memory': 'page-out-lowest possible-decision',
  'pageOut: less memory': 'idle-list-true memory-bound page-in-to-run page-out-lowest possible-decision',
  'pageIn dropped': 'start-highest',
  'pageIn doubled': 'possible-decision',
  'pageIn: other id': 'page-in-to-run possible-decision',
  'pageIn: more memory': 'possible-decision',
  'pageIn: less memory': 'possible-decision start-highest',
  'kill dropped': 'admit answered kill-iff possible-decision',
  'kill doubled': 'possible-decision',
  'kill: other id': 'kill-iff possible-decision',
  'kill: other reason': 'admit kill-iff',
  'kill: other bill': 'bill-exact',
  'complete dropped': 'answered possible-decision',
  'complete doubled': 'possible-decision',
  'complete: other id': 'possible-decision',
  'complete: other bill': 'bill-exact',
  'wake dropped': 'answered possible-decision',
  'wake doubled': 'possible-decision',
  'wake: other id': 'possible-decision',
  'wake: other outcome': 'wake-caller',
  'list dropped': 'idle-list-true',
  'list doubled': 'possible-decision',
  'list: other shard': 'idle-list-true possible-decision',
  'list: other machine': 'idle-list-true possible-decision',
  'list: other figures': 'idle-list-true possible-decision',
  'list: poll of a stranger': 'idle-list-true',
  'list: poll of one twice': 'idle-list-true',
  'list: poll too small': 'idle-list-true',
  'relist dropped': 'idle-list-true',
  'relist doubled': 'idle-list-true',
  'relist: other shard': 'possible-decision',
  'relist: other machine': 'idle-list-true possible-decision',
  'relist: other figures': 'idle-list-true possible-decision',
  'unlist dropped': 'idle-list-true',
  'unlist doubled': 'possible-decision',
  'unlist: other shard': 'possible-decision',
  'unlist: other machine': 'idle-list-true possible-decision',
  swapped:
    'admit answered idle-list-true kill-iff page-in-to-run page-out-lowest possible-decision start-highest',
};

/** Where the rules leave a choice: what makes a plant that is accepted as good as what it replaced. */
const CHOICES: Record<string, (verdict: Verdict) => boolean> = {
  swapped: leadsToTheSame,
  split: leadsToTheSame,
  'place: poll in another order': leadsToTheSame,
  'list: poll in another order': leadsToTheSame,
  'place: other machine': isTie,
  'list: other shard': isTie,
};

function leadsToTheSame({ planted, honest }: Verdict): boolean {
  return isDeepStrictEqual(essence(planted!), essence(honest));
}

/** Whether the two machines were as loaded, or the two lists as long, when the decision was taken. */
function isTie({ config, before, step, plant: { index, decisions } }: Verdict): boolean {
  const { machines, shards } = modelAt(config, before, step, index).state;
  const [was, is] = [step.decisions[index]!, decisions[index]!];
  if (was.type === 'list' && is.type === 'list') {
    return shards[was.shard]!.listed.size === shards[is.shard]!.listed.size;
  }
  if (was.type !== 'place' || is.type !== 'place') return false;
  const [left, right] = [machines[was.machine]!, machines[is.machine]!];
  return was.via === 'poll'
    ? left.live.length === right.live.length
    : left.entry!.functions === right.entry!.functions && left.entry!.shard === right.entry!.shard;
}

describe('the judge', () => {
  test.each(traces.map(({ name, trace }) => [name, trace] as const))(
    'accepts the independent trace %s',
    (_name, { config, steps }) => {
      const judge = new Judge(config);
      for (const { at, stimulus, decisions } of steps) {
        expect(judge.step(at, stimulus, decisions)?.message ?? null).toBeNull();
      }
      expect(judge.steps).toBe(steps.length);
    },
  );

  describe('of traces in which one thing is wrong', () => {
    const refusals: Record<string, Set<string>> = {};
    const choices = new Set<string>();
    const unexplained: string[] = [];
    const sample: Verdict[] = [];
    let plants = 0;

    test('refuses every one, or what was done is as good as what it replaced', () => {
      for (const { trace } of traces) {
        for (const verdict of verdictsOn(trace)) {
          const { plant, rule, step } = verdict;
          plants++;
          if (rule === null) {
            choices.add(plant.kind);
            if (CHOICES[plant.kind]?.(verdict) === true) continue;
            unexplained.push(
              `${plant.kind} at ${JSON.stringify(step.stimulus)}: ${JSON.stringify(plant.decisions)}`,
            );
          } else {
            refusals[plant.kind] ??= new Set();
            refusals[plant.kind]!.add(rule);
            if (plants % 100 === 0) sample.push(verdict);
          }
        }
      }
      expect(unexplained).toEqual([]);
      expect(plants).toBeGreaterThan(20_000);
    });

    test('lets exactly these choices be made otherwise: ties, the order of a poll, independent decisions, parts', () => {
      expect([...choices].toSorted()).toEqual(Object.keys(CHOICES).toSorted());
    });

    test('refuses each kind by the rules that are about it', () => {
      const told = Object.entries(refusals).map(([kind, rules]) => [kind, [...rules].toSorted().join(' ')]);
      expect(Object.fromEntries(told)).toEqual(REFUSED_BY);
    });

    test('says in one line at which step, of whom, by which rule, why, and what was permitted instead', () => {
      expect(sample.length).toBeGreaterThan(200);
      for (const { plant, rule, config, stepIndex, step, before } of sample) {
        const judge = judgeFrom(config, before);
        judge.steps = stepIndex;
        const violation = judge.step(step.at, step.stimulus, plant.decisions)!;
        const { entity, message, decision, allowed } = violation;
        expect(violation).toMatchObject({ rule, step: stepIndex + 1 });
        expect(message).toMatch(new RegExp(`^step ${stepIndex + 1}[: (].*${rule}: .*; `));
        expect(message).not.toMatch(/undefined|NaN|null|\n|\.$/);
        expect(message).toContain(allowed.length === 0 ? 'nothing more is permitted' : 'permitted here: `');
        expect(entity).toMatch(/^(invocation|machine|shard|tenant) \d+$/);
        const refusedAt = decision === null ? plant.decisions.length : plant.decisions.lastIndexOf(decision);
        const model = modelAt(config, before, { ...step, decisions: [...plant.decisions] }, refusedAt);
        for (const instead of allowed) expect(model.examine(instead)).toBeNull();
        if (decision !== null) expect(model.examine(decision)?.id).toBe(rule);
      }
    });

    test('finds them in the trace as a whole', () => {
      for (const { plant, rule, config, stepIndex, step } of sample.filter((_, index) => index % 10 === 0)) {
        const { steps } = traces.find(({ trace }) => trace.config === config)!.trace;
        const judge = new Judge(config);
        for (const { at, stimulus, decisions } of steps.slice(0, stepIndex)) {
          expect(judge.step(at, stimulus, decisions)).toBeNull();
        }
        expect(judge.step(step.at, step.stimulus, plant.decisions)).toMatchObject({
          rule,
          step: stepIndex + 1,
        });
      }
    });
  });

  test.each(traces.slice(0, 5).map(({ name, trace }) => [name, trace] as const))(
    'changes nothing when it examines, in the independent trace %s',
    (_name, { config, steps }) => {
      const { model } = new Judge(config);
      for (const step of steps) {
        const planted = [...plantsIn(structuredClone(model.state), step)].flatMap(
          ({ decisions }) => decisions,
        );
        model.stimulate(step.at, step.stimulus);
        for (const decision of step.decisions) {
          const before = structuredClone(settled(model.state));
          for (const other of planted) model.examine(other);
          expect(isDeepStrictEqual(settled(model.state), before)).toBe(true);
          expect(model.examine(decision)).toBeNull();
          model.apply(decision);
        }
      }
    },
  );

  test('finds the same by looking at the machines that a step has touched as by looking at all', () => {
    const seen = { touched: 0, breaches: 0, untouched: 0 };
    everywhere(50, () => ({
      onChoice({ state }) {
        for (const machine of state.machines) {
          const breaches = MACHINE_OBLIGATIONS.filter(({ breach }) => breach(state, machine) !== null);
          if (machine.touched) {
            seen.touched++;
            seen.breaches += breaches.length;
            continue;
          }
          seen.untouched++;
          expect(breaches.map(({ id }) => id)).toEqual([]);
        }
      },
    }));
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
    for (const { trace } of traces) {
      const judge = new Judge(trace.config);
      for (const { at, stimulus, decisions } of trace.steps) {
        expect(judge.step(at, stimulus, decisions)).toBeNull();
        const { state } = judge;
        const breaches = state.machines.flatMap((machine) =>
          MACHINE_OBLIGATIONS.map((rule) => rule.breach(state, machine)),
        );
        expect(breaches.filter((breach) => breach !== null)).toEqual([]);
      }
    }
  });

  test.each([...STEP_OBLIGATIONS, ...MACHINE_OBLIGATIONS])('asks at the end of a step for $id', (rule) => {
    const wrong = rule as unknown as { applies: () => boolean; breach: () => unknown };
    const message = 'something is wrong';
    const isOfStep = STEP_OBLIGATIONS.some(({ id }) => id === rule.id);
    const breach = vi.spyOn(wrong, 'breach');
    const applies = vi.spyOn(wrong, 'applies').mockReturnValue(true);
    try {
      breach.mockReturnValue(isOfStep ? { entity: 'shard 0', message } : message);
      // Two of them are asked only where paging takes time.
      const judge = new Judge(cluster({ paging: { chunk: 1, reserve: 1 } }));
      expect(judge.step(0, { type: 'boot' }, [])).toMatchObject({
        rule: rule.id,
        entity: isOfStep ? 'shard 0' : 'machine 0',
        message: expect.stringContaining(message),
      });
      expect(judge.tally.premises[RULE_INDEX[rule.id]]).toBe(1);
    } finally {
      breach.mockRestore();
      applies.mockRestore();
    }
  });

  test('names as many decisions as fit into a line', () => {
    const shards = cluster({ shards: 12, idle: { enter: 1, leave: 0, memoryDrift: 1, functionsDrift: 1 } });
    const { allowed, message } = refuse({ config: shards, lines: [] }, [0, boot]);
    expect(allowed).toHaveLength(MOST_ALLOWED);
    expect(allowed[7]).toEqual(list(0, 7, 10, 0));
    expect(message.match(/`list machine 0/g)).toHaveLength(MOST_ALLOWED);
  });

  test('finds what was permitted even where there are more samples to poll than anybody can look through', () => {
    const machines = Array.from({ length: 60 }, () => ({ cores: 1, ram: 1, swap: 0 }));
    const fleet = cluster({
      machines,
      kMachines: 13,
      idle: { enter: 5, leave: 5, memoryDrift: 1, functionsDrift: 1 },
    });
    const queued = story(
      fleet,
      [0, boot],
      [0, submit(1, LOW), enqueue(1, LOW)],
      [0, submit(2, HIGH), enqueue(2, HIGH)],
    );
    const { rule, allowed } = refuse(queued, [1, turn()]);
    expect(rule).toBe('answered');
    expect(allowed).toHaveLength(MOST_ALLOWED);
    for (const decision of allowed) expect(decision).toMatchObject({ type: 'place', id: 2, via: 'poll' });
  });

  test('counts which rules were put to the test, and which transitions were taken', () => {
    const { tally } = accept(story(cluster(), ...arrives(0, 1, LOW, start(1)), [0, finish(1), complete(1)]));
    const met = RULES.filter((_, index) => tally.premises[index]! > 0).map(({ id }) => id);
    expect(met).toEqual([
      'possible-decision',
      'start-highest',
      'answered',
      'admit',
      'place-greatest',
      'place-least-loaded',
      'bill-exact',
    ]);
    const taken = TRANSITIONS.filter((_, index) => tally.transitions[index]! > 0);
    expect(taken.filter(({ table }) => table === 'invocation').map(({ event }) => event)).toEqual([
      'submit',
      'enqueue',
      'place',
      'start',
      'finish',
      'complete',
    ]);
  });
});
