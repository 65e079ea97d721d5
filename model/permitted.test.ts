import { describe, expect, test } from 'vitest';
import { independentTraces } from '../properties/testing/independent.ts';
import { everywhere } from '../properties/testing/wander.ts';
import type { Decision } from './alphabet.ts';
import { availableRam } from './entities.ts';
import { Judge } from './judge.ts';
import { billOf } from './metering.ts';
import { Model } from './model.ts';
import { combinations, permitted } from './permitted.ts';
import type { State } from './state.ts';
import {
  bill,
  complete,
  enqueue,
  kill,
  list,
  pageIn,
  pageOut,
  polls,
  preempt,
  relist,
  start,
  takes,
  throttle,
  unlist,
  wake,
} from './testing.ts';
import { everybody, invocationOf } from './unended.ts';

/** A decision as text, its poll in ascending order: in which order one polls does not matter. */
function textOf(decision: Decision): string {
  if (!('polled' in decision)) return JSON.stringify(decision);
  return JSON.stringify({ ...decision, polled: decision.polled.toSorted((a, b) => a - b) });
}

/** Every decision that names what there is, and some that do not, with every figure that could matter. */
function* everyDecision(state: State): Generator<Decision> {
  const ids = everybody(state.invocations).map(({ id }) => id);
  const classes = state.config.classes.map((_, priceClass) => priceClass);
  const shards = state.shards.map((_, shard) => shard);
  const machines = state.machines.map(({ id }) => id);
  const mostMemory = Math.max(...state.machines.map(({ ram, swap }) => ram + swap)) + 1;
  const subsets = (items: readonly number[]) =>
    [0, ...items.map((_, index) => index + 1)].flatMap((size) => [...combinations(items, size)]);
  for (const id of ids) {
    const invocation = invocationOf(state.invocations, id)!;
    for (const shard of shards) {
      for (const priceClass of classes)
        for (const flag of [false, true]) yield enqueue(id, priceClass, shard, flag);
      for (const machine of machines) {
        yield takes(id, machine, shard);
        for (const polled of subsets(machines)) yield polls(id, machine, polled, shard);
      }
    }
    yield* [throttle(id), start(id), preempt(id), wake(id, 'ok'), wake(id, 'failed')];
    for (let memory = 0; memory <= mostMemory; memory++) yield* [pageOut(id, memory), pageIn(id, memory)];
    for (const pays of [billOf(state, invocation), bill(0, 0, 1)]) {
      yield complete(id, pays);
      for (const reason of ['memory', 'exceeds-machine', 'attempts'] as const) yield kill(id, reason, pays);
    }
  }
  for (const machine of state.machines) {
    const { id, live } = machine;
    for (const shard of shards) {
      yield unlist(id, shard);
      for (const off of [-1, 0, 1]) {
        yield relist(id, shard, availableRam(machine) + off, live.length);
        yield relist(id, shard, availableRam(machine), live.length + off);
        for (const polled of subsets(shards)) {
          yield list(id, shard, availableRam(machine) + off, live.length, polled);
          yield list(id, shard, availableRam(machine), live.length + off, polled);
        }
      }
    }
  }
}

describe('what is permitted', () => {
  test.each(independentTraces().map(({ name, trace }) => [name, trace] as const))(
    'includes all that the independent trace %s does',
    (_name, { config, steps }) => {
      const model = new Model(config);
      for (const { at, stimulus, decisions } of steps) {
        model.stimulate(at, stimulus);
        for (const decision of decisions) {
          expect([...permitted(model, true)].map(textOf)).toContain(textOf(decision));
          expect(model.examine(decision)).toBeNull();
          model.apply(decision);
        }
        expect([...permitted(model, true)]).toEqual([]);
      }
    },
  );

  test('is all that passes examination, and nothing else, wherever the rules lead', () => {
    let seen = 0;
    everywhere(15, () => ({
      onChoice(model, choices) {
        seen += choices.length;
        const passing = new Set<string>();
        for (const decision of everyDecision(model.state)) {
          if (model.examine(decision) === null) passing.add(textOf(decision));
        }
        expect(new Set(choices.map(textOf))).toEqual(passing);
        expect(passing.size).toBe(choices.length);
      },
    }));
    expect(seen).toBeGreaterThan(100);
  });

  test('comes in the largest amounts unless every amount is asked for', () => {
    let smaller = 0;
    everywhere(100, () => ({
      onChoice(model, choices) {
        const largest = new Map<string, Decision>();
        for (const choice of choices) {
          const key = 'memory' in choice ? `${choice.type} ${choice.id}` : textOf(choice);
          largest.set(key, choice);
        }
        expect([...permitted(model)]).toEqual([...largest.values()]);
        smaller += choices.length - largest.size;
      },
    }));
    expect(smaller).toBeGreaterThan(0);
  });
});

describe('a step', () => {
  test('that goes on until nothing more is permitted comes to an end, and then owes nothing', () => {
    let taken = 0;
    everywhere(100, (plan) => {
      const judge = new Judge(plan.config);
      return {
        onStep(_model, { at, stimulus, decisions }) {
          taken += decisions.length;
          const violation = judge.step(at, stimulus, decisions);
          if (violation !== null) throw new Error(violation.message);
        },
      };
    });
    expect(taken).toBeGreaterThan(1_000);
  });
});
