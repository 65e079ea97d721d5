import { describe, expect, test } from 'vitest';
import { type Decision, WORD_GROUPS } from '../alphabet.ts';
import { Judge } from '../judge.ts';
import type { RuleId } from '../rules/rule-set.ts';
import type { State } from '../state.ts';
import { IMAGE } from '../table.ts';
import {
  arrives,
  bill,
  call,
  cancel,
  cluster,
  complete,
  crash,
  drain,
  enqueue,
  evict,
  finish,
  forget,
  HIGH,
  type Line,
  LOW,
  later,
  MID,
  pageOut,
  polls,
  probe,
  refuses,
  release,
  reserve,
  resize,
  restart,
  type Story,
  start,
  story,
  submit,
  tick,
  timeout,
  turn,
  wake,
} from '../testing.ts';
import { acceptBy } from '../testing-phases.ts';
import { wrongSums } from '../testing-sums.ts';
import { invocationOf } from '../unended.ts';
import { phaseName } from '../words.ts';

const words = [...WORD_GROUPS];
const SIZE = { cores: 1, ram: 10, swap: 5 };

/** The state after a story, which no rule is asked about. */
function stateAfter(told: Story, ...more: readonly Line[]): State {
  const { state } = acceptBy([], told, ...more);
  expect(wrongSums(state)).toEqual([]);
  return state;
}

/** Where an invocation is, by the name of its phase; `ended` when it is nowhere. */
function phaseOf({ invocations }: State, id: number): string {
  const invocation = invocationOf(invocations, id);
  return invocation === undefined ? 'ended' : phaseName(invocation);
}

/** The ids of those in line at a machine, first come first. */
function lineAt({ optional, machines }: State, machine: number): number[] {
  return [...(optional!.lines.get(machines[machine]!) ?? [])].map(({ id }) => id);
}

/** The ids of those in the queue of a class at shard 0, first come first. */
function queueOf({ shards }: State, priceClass: number): number[] {
  const { items, head } = shards[0]!.queues[priceClass]!;
  return items.slice(head).map(({ id }) => id);
}

describe('a place in line', () => {
  const three = cluster({ words, machines: [SIZE, SIZE, SIZE] });
  const inLine = story(
    three,
    [0, submit(1, LOW), enqueue(1, LOW), reserve(1, 0), reserve(1, 1)],
    [0, submit(2, HIGH), enqueue(2, HIGH), reserve(2, 0), reserve(2, 2)],
  );

  test('is the last one, also for a higher class', () => {
    expect([0, 1, 2].map((machine) => lineAt(stateAfter(inLine), machine))).toEqual([[1, 2], [1], [2]]);
    const again = stateAfter(inLine, [0, tick, release(1, 0), reserve(1, 0)]);
    expect(lineAt(again, 0)).toEqual([2, 1]);
  });

  test('ends when it is given up, and the others stay', () => {
    const state = stateAfter(inLine, [0, tick, release(1, 0)]);
    expect([0, 1, 2].map((machine) => lineAt(state, machine))).toEqual([[2], [1], [2]]);
  });

  test.each<[string, Line]>([
    ['placed there', [0, turn(), polls(1, 0)]],
    ['placed elsewhere', [0, turn(), polls(1, 2)]],
    ['cancelled', [0, timeout(1), cancel(1)]],
  ])('ends, as do all of the same invocation, when it is %s', (_how, line) => {
    const state = stateAfter(inLine, line);
    expect([0, 1, 2].map((machine) => lineAt(state, machine))).toEqual([[2], [], [2]]);
  });

  test.each<[string, Line]>([
    ['crashes', [0, crash(0)]],
    ['drains', [0, drain(0)]],
  ])('ends when its machine %s', (_how, line) => {
    const state = stateAfter(inLine, line);
    expect([0, 1, 2].map((machine) => lineAt(state, machine))).toEqual([[], [1], [2]]);
  });

  test('outlives a restart of the shard, whose queue does too', () => {
    expect(lineAt(stateAfter(inLine, [0, restart(0)]), 0)).toEqual([1, 2]);
  });
});

describe('a pool of answers', () => {
  const probed = story(cluster({ words, shards: 2, machines: [SIZE, SIZE] }), [
    3,
    tick,
    probe(0, 0, 4, 7),
    probe(0, 1, 1, 2),
    probe(1, 0, 9, 9),
  ]);
  const poolsOf = ({ optional }: State) =>
    optional!.pools.map((pool) => [...pool].map(([{ id }, answer]) => [id, answer]));

  test('has the answer of each machine that was taken last, the newest at its end', () => {
    expect(poolsOf(stateAfter(probed))).toEqual([
      [
        [0, { inFlight: 4, latencyMs: 7, takenAt: 3 }],
        [1, { inFlight: 1, latencyMs: 2, takenAt: 3 }],
      ],
      [[0, { inFlight: 9, latencyMs: 9, takenAt: 3 }]],
    ]);
    expect(poolsOf(stateAfter(probed, [8, tick, probe(0, 0, 5, 6)]))[0]).toEqual([
      [1, { inFlight: 1, latencyMs: 2, takenAt: 3 }],
      [0, { inFlight: 5, latencyMs: 6, takenAt: 8 }],
    ]);
  });

  test('keeps what it knew of a machine that is gone, until it is forgotten', () => {
    expect(poolsOf(stateAfter(probed, [4, crash(0)]))[0]).toHaveLength(2);
    expect(poolsOf(stateAfter(probed, [4, crash(0), forget(0, 0)]))[0]!.map(([id]) => id)).toEqual([1]);
  });

  test('is lost when its shard restarts, and no other is', () => {
    expect(poolsOf(stateAfter(probed, [4, restart(0)])).map(({ length }) => length)).toEqual([0, 1]);
  });
});

describe('an eviction', () => {
  const config = cluster({ words, memoryPrice: 1 });
  const running = story(config, ...arrives(0, 1, MID, start(1)), [0, resize(1, 4)]);

  test('sends one back to the end of its queue, as a new attempt, with nothing on any machine', () => {
    const others: Line = [5, submit(2, MID), enqueue(2, MID), evict(1)];
    const state = stateAfter(running, others);
    expect(invocationOf(state.invocations, 1)).toMatchObject({
      attempt: 2,
      class: MID,
      degraded: false,
      enqueuedAt: 5,
      machine: null,
      demand: 0,
      resident: 0,
      image: IMAGE.absent,
    });
    expect(phaseOf(state, 1)).toBe('queued');
    expect(queueOf(state, MID)).toEqual([2, 1]);
    expect(state.machines[0]).toMatchObject({ demand: 0, resident: 0, running: 0, live: [] });
    expect(state.optional!.counts.evicted).toBe(1);
  });

  test('is not billed for: the next attempt begins at 0', () => {
    const again: Line[] = [
      [7, tick, evict(1)],
      [8, turn(), polls(1, 0), start(1)],
      [10, finish(1), complete(1, bill(2, 2, 6))],
    ];
    acceptBy(['bill-exact'], running, ...again);
    expect(phaseOf(stateAfter(running, ...again), 1)).toBe('ended');
  });

  test('costs nothing either if it is cancelled in its queue', () => {
    const cancelled: Line[] = [
      [7, tick, evict(1)],
      [8, timeout(1), cancel(1)],
    ];
    acceptBy(['bill-exact'], running, ...cancelled);
  });

  test('counts for the budget of its tenant, as work that a crash has lost does', () => {
    const tenants = [{ budget: 1000, period: 1000, burstPercent: 0 }];
    const told = story({ ...config, tenants }, ...arrives(0, 1, MID, start(1)), [10, tick, evict(1)]);
    // 10 ms on a core at a price of 2, and as long 1 MB at a price of 1.
    expect(stateAfter(told).tenants[0]).toMatchObject({ spent: 30, resident: 0, runningByClass: [0, 0, 0] });
  });

  test('leaves its caller waiting for the new attempt, and its callee an orphan', () => {
    const chain = story(
      cluster({ words, machines: [{ cores: 3, ram: 10, swap: 5 }] }),
      ...arrives(0, 1, LOW, start(1)),
      [0, call(1, 2, LOW), enqueue(2, LOW)],
      [0, turn(), polls(2, 0), start(2)],
      [0, call(2, 3, LOW), enqueue(3, LOW)],
      [0, turn(), polls(3, 0), start(3)],
      [1, tick, evict(2)],
    );
    const state = stateAfter(chain);
    expect([1, 2, 3].map((id) => phaseOf(state, id))).toEqual(['blocked', 'queued', 'running']);
    expect(invocationOf(state.invocations, 2)!.caller!.id).toBe(1);
    expect(invocationOf(state.invocations, 3)!.caller).toBeNull();
    // The orphan wakes nobody; the new attempt wakes its caller.
    const ended: Line[] = [
      [2, finish(3), complete(3)],
      [2, turn(), polls(2, 0), start(2)],
      [3, finish(2), complete(2), wake(1)],
    ];
    acceptBy(['answered', 'wake-caller'], chain, ...ended);
  });

  test('takes a machine down that drains and is empty now, and no other', () => {
    const availability = (told: Story, ...decisions: Decision[]) =>
      stateAfter(told, [0, drain(0), ...decisions]).byAvailability.map(({ length }) => length);
    const [, DOWN, , DRAINING] = [0, 1, 2, 3];
    expect(availability(running, evict(1))[DOWN!]).toBe(1);
    const two = later(running, [0, submit(2, LOW), enqueue(2, LOW)], [0, turn(), polls(2, 0)]);
    expect(availability(two, evict(1))[DRAINING!]).toBe(1);
    expect(availability(two, evict(1), evict(2))[DOWN!]).toBe(1);
  });

  test('frees what is in swap as well, and ends a pressure that called for a kill', () => {
    const full = later(running, [0, submit(2, LOW), enqueue(2, LOW)], [0, turn(), polls(2, 0)]);
    const state = stateAfter(full, [0, resize(1, 20), pageOut(2, 1), evict(2), evict(1)]);
    expect(state.due.exhausted).toBe(0);
    expect(state.machines[0]).toMatchObject({ demand: 0, resident: 0 });
  });
});

describe('a refusal', () => {
  test('changes nothing, and is counted', () => {
    const told = story(cluster({ words }), [0, submit(1, LOW), enqueue(1, LOW)]);
    const before = stateAfter(told);
    const after = stateAfter(told, [0, turn(), refuses(1, 0), refuses(1, 0)]);
    expect(after.optional!.counts.refused).toBe(2);
    expect(invocationOf(after.invocations, 1)).toMatchObject({
      attempt: 1,
      position: invocationOf(before.invocations, 1)!.position,
    });
    expect(phaseOf(after, 1)).toBe('queued');
  });
});

describe('a cancellation', () => {
  const config = cluster({ words, memoryPrice: 1 });

  test('ends one that is queued, and a turn that finds no work then owes none', () => {
    const queued = story(config, [0, submit(1, LOW), enqueue(1, LOW)], [4, timeout(1)]);
    const line: Line = [4, turn(), cancel(1)];
    const state = stateAfter(queued, line);
    expect(phaseOf(state, 1)).toBe('ended');
    expect(state.shards[0]!.queued).toBe(0);
    expect(state.due.answer).toBe('none');
    expect(state.counts).toMatchObject({ killed: 1 });
    expect(state.optional!.counts.cancelled).toBe(1);
    const two = later(queued, [4, submit(2, LOW), enqueue(2, LOW)]);
    expect(stateAfter(two, line).due.answer).toBe('turn');
  });

  test('answers a crash, as a kill does', () => {
    const told = story(config, ...arrives(0, 1, LOW, start(1)), [1, timeout(1)]);
    expect(stateAfter(told, [2, crash(0), cancel(1)]).due.answer).toBe('none');
  });

  test('frees the memory of one that runs, and has its exact bill', () => {
    const told = story(config, ...arrives(0, 1, LOW, start(1)), [3, timeout(1)]);
    const state = stateAfter(told, [5, tick, cancel(1, bill(5, 5, 10))]);
    expect(state.machines[0]).toMatchObject({ demand: 0, resident: 0, running: 0, live: [] });
    acceptBy(['bill-exact'], told, [5, tick, cancel(1, bill(5, 5, 10))]);
    const wrong = acceptBy(['bill-exact'], told).step(5, tick, [cancel(1, bill(5, 5, 11))]);
    expect(wrong).toMatchObject({ rule: 'bill-exact', entity: 'invocation 1' });
    expect(wrong!.message).toContain('is cpuMs 5, mbMs 5, cost 10');
  });

  test('makes an orphan of a callee, which then may be cancelled too', () => {
    const chain = story(
      config,
      ...arrives(0, 1, LOW, start(1)),
      [0, call(1, 2, LOW), enqueue(2, LOW)],
      [1, timeout(1)],
    );
    const early = acceptBy([], chain).step(1, tick, [cancel(2)])!;
    expect(early.message).toContain('invocation 1 waits for invocation 2');
    expect(phaseOf(stateAfter(chain, [1, tick, cancel(1), cancel(2)]), 2)).toBe('ended');
  });
});

describe('XX', () => {
  const told = story(
    cluster({ words, machines: [SIZE, SIZE] }),
    ...arrives(0, 1, LOW, start(1)),
    [0, submit(2, HIGH), enqueue(2, HIGH)],
    [0, timeout(1)],
    [0, timeout(2)],
  );

  test.each<[Decision, RuleId, string]>([
    [reserve(2, 0), 'place-least-loaded', 'XX holds no places in line'],
    [refuses(2, 0), 'place-least-loaded', 'XX refuses nobody'],
    [probe(0, 0), 'idle-list-true', 'XX pools no answers'],
    [evict(1), 'kill-iff', 'XX sends nobody back'],
    [cancel(1), 'kill-iff', 'XX cancels nobody'],
    [cancel(2), 'kill-iff', 'XX cancels nobody'],
  ])('takes no %j, by %s', (decision, rule, why) => {
    const judge = new Judge(told.config);
    for (const [at, stimulus, ...decisions] of told.lines)
      expect(judge.step(at, stimulus, decisions)).toBeNull();
    const violation = judge.step(0, tick, [decision])!;
    expect(violation.rule).toBe(rule);
    expect(violation.message).toContain(`is refused by ${rule}: ${why}`);
    expect(violation.message).not.toMatch(/undefined|null/);
    expect(wrongSums(judge.state)).toEqual([]);
  });

  test.each<[Decision[], RuleId]>([
    [[reserve(2, 0), release(2, 0)], 'place-least-loaded'],
    [[probe(0, 0), forget(0, 0)], 'idle-list-true'],
  ])('takes none of %j, even where the first was let pass', (decisions, rule) => {
    const judge = acceptBy([], told, [0, tick, decisions[0]!]);
    const { model } = judge;
    model.stimulate(0, tick);
    expect(model.examine(decisions[1]!)).toBeNull();
    const strict = new Judge(told.config);
    for (const [at, stimulus, ...taken] of told.lines) strict.step(at, stimulus, taken);
    // What is refused has its effect, so that the next step meets it.
    strict.step(0, tick, [decisions[0]!]);
    expect(strict.step(0, tick, [decisions[1]!])).toMatchObject({ rule });
  });

  test('says of a decision that comes before what is due that it does', () => {
    const judge = new Judge(told.config);
    for (const [at, stimulus, ...taken] of told.lines) judge.step(at, stimulus, taken);
    expect(judge.step(0, resize(1, 20), [evict(1)])!.message).toContain(
      'kill-iff: first a kill is due on machine 0',
    );
    const answers = new Judge(told.config);
    for (const [at, stimulus, ...taken] of told.lines) answers.step(at, stimulus, taken);
    expect(answers.step(0, finish(1), [evict(2)])!.rule).toBe('possible-decision');
    const late = new Judge(told.config);
    for (const [at, stimulus, ...taken] of told.lines) late.step(at, stimulus, taken);
    expect(late.step(0, finish(1), [reserve(2, 0)])!.rule).toBe('answered');
  });
});
