import { describe, expect, test } from 'vitest';
import { type Decision, OPTIONAL_DECISION_TYPES, OPTIONAL_WORDS, WORD_GROUPS } from '../alphabet.ts';
import { emptyTally } from '../coverage.ts';
import { Judge } from '../judge.ts';
import { kindOf } from '../rules/index.ts';
import { EVERY_RULE } from '../rules/rule-set.ts';
import type { State } from '../state.ts';
import {
  arrives,
  bill,
  cancel,
  cluster,
  complete,
  crash,
  enqueue,
  evict,
  finish,
  forget,
  type Line,
  LOW,
  later,
  probe,
  refuses,
  release,
  reserve,
  type Story,
  start,
  story,
  submit,
  throttle,
  tick,
  timeout,
} from '../testing.ts';
import { acceptBy, everyPhase, WHO } from '../testing-phases.ts';
import { wrongSums } from '../testing-sums.ts';
import { invocationOf } from '../unended.ts';

const words = [...WORD_GROUPS];

/**
 * Somebody in every phase, on a cluster with all optional words: 3, who is queued, holds a place in line at machine 3, and
 * shard 0 has an answer of it. The clients of 1, who runs, and of 10, who was lost, have given up.
 */
const phases = later(
  everyPhase({ words }),
  [0, timeout(1), reserve(3, 3), probe(0, 3, 2, 5)],
  [0, timeout(10)],
);

/** Whether a decision is possible, and why not, in the midst of a step after a story. */
function verdictOn(decision: Decision, told: Story = phases): string {
  const { model } = acceptBy([], told);
  model.stimulate(0, tick);
  const before = structuredClone(model.state);
  const refusal = model.examine(decision);
  expect(refusal === null).toBe(model.isPossible(decision));
  expect(model.state).toEqual(before);
  if (refusal === null) {
    model.apply(decision);
    expect(wrongSums(model.state)).toEqual([]);
    return 'possible';
  }
  const violation = acceptBy([], told).step(0, tick, [decision])!;
  expect([refusal.id, violation.rule]).toEqual(['possible-decision', 'possible-decision']);
  return /possible-decision: (.*?)(?:; permitted here: .*)?$/.exec(violation.message)![1]!;
}

/** The state after a story, which no rule is asked about. */
function stateAfter(told: Story, ...more: readonly Line[]): State {
  const { state } = acceptBy([], told, ...more);
  expect(wrongSums(state)).toEqual([]);
  return state;
}

describe('an optional decision about an invocation', () => {
  const ON_A_MACHINE = ['ready', 'running', 'blocked'] as const;
  test.each<[string, (id: number) => Decision, string, readonly (keyof typeof WHO)[]]>([
    ['reserve', (id) => reserve(id, 0), 'one that is queued takes a place in line', ['queued']],
    ['refuse', (id) => refuses(id, 0), 'one that is queued is refused', ['queued']],
    ['evict', evict, 'one that is ready, runs or is blocked is evicted', ON_A_MACHINE],
  ])('is a %s of those who hear it, and of nobody else', (_type, about, only, heard) => {
    for (const [phase, id] of Object.entries(WHO) as [keyof typeof WHO, number][]) {
      expect(verdictOn(about(id))).toBe(
        heard.includes(phase) ? 'possible' : `invocation ${id} is in the phase ${phase}, and only ${only}`,
      );
    }
    expect(verdictOn(about(12))).toBe('invocation 12 has ended');
    expect(verdictOn(about(99))).toBe('invocation 99 was never submitted');
  });

  test('is a cancel of whoever nobody waits for, in any phase', () => {
    for (const id of Object.values(WHO)) {
      const { caller, root } = invocationOf(stateAfter(phases).invocations, id)!;
      const givenUp = id === WHO.running || id === WHO.lost;
      const waits = caller === null ? 'the client' : `invocation ${caller.id}`;
      expect(verdictOn(cancel(id))).toBe(
        givenUp
          ? 'possible'
          : `${waits} waits for invocation ${id}, and only one that nobody waits for is cancelled`,
      );
      const others = root && !givenUp ? later(phases, [0, timeout(id)]) : phases;
      if (root) expect(verdictOn(cancel(id), others)).toBe('possible');
    }
    // Of a callee it is the caller who waits, until it is gone.
    expect(verdictOn(cancel(WHO.inheritance), later(phases, [0, timeout(5), cancel(5)]))).toBe('possible');
    expect(verdictOn(cancel(12))).toBe('invocation 12 has ended');
    expect(verdictOn(cancel(99))).toBe('invocation 99 was never submitted');
  });

  test.each<[Decision, string]>([
    [reserve(3, 4), 'there is no machine 4'],
    [reserve(3, 1), 'machine 1 is down, and only one that is up has a line'],
    [reserve(3, 2), 'machine 2 is draining, and only one that is up has a line'],
    [reserve(3, 3), 'invocation 3 holds a place in line at machine 3 already'],
    [release(3, 3), 'possible'],
    [release(3, 0), 'invocation 3 holds no place in line at machine 0'],
    [release(3, 4), 'there is no machine 4'],
    [release(1, 3), 'invocation 1 holds no place in line at machine 3'],
    [release(12, 3), 'invocation 12 has ended'],
    [release(99, 3), 'invocation 99 was never submitted'],
    [refuses(3, 2), 'possible'],
    [refuses(3, 1), 'machine 1 is down, and only one that is in service refuses'],
    [refuses(3, 4), 'there is no machine 4'],
    [cancel(1, { cpuMs: -1, mbMs: 0.5, cost: 7 }), 'possible'],

    [probe(0, 0, 3, 4), 'possible'],
    [probe(0, 3), 'possible'],
    [probe(1, 3), 'possible'],
    [probe(2, 0), 'there is no shard 2'],
    [probe(-1, 0), 'there is no shard -1'],
    [probe(0, 4), 'there is no machine 4'],
    [probe(0, 1), 'machine 1 is down, and only one that is up answers a probe'],
    [probe(0, 2), 'machine 2 is draining, and only one that is up answers a probe'],
    [probe(0, 0, -1, 0), 'an answer counts requests in flight and ms in whole numbers from 0'],
    [probe(0, 0, 0, 0.5), 'an answer counts requests in flight and ms in whole numbers from 0'],
    [forget(0, 3), 'possible'],
    [forget(1, 3), 'the pool of shard 1 holds no answer of machine 3'],
    [forget(0, 0), 'the pool of shard 0 holds no answer of machine 0'],
    [forget(0, 4), 'there is no machine 4'],
    [forget(2, 3), 'there is no shard 2'],
  ])('%j: %s', (decision, verdict) => {
    expect(verdictOn(decision)).toBe(verdict);
  });
});

describe('a configuration', () => {
  const POSSIBLE: Record<(typeof OPTIONAL_DECISION_TYPES)[number], Decision> = {
    reserve: reserve(3, 0),
    release: release(3, 3),
    probe: probe(0, 0),
    forget: forget(0, 3),
    evict: evict(1),
    refuse: refuses(3, 0),
    cancel: cancel(1),
  };

  test.each(OPTIONAL_DECISION_TYPES)('without the words of %s makes it impossible', (type) => {
    expect(verdictOn(POSSIBLE[type])).toBe('possible');
    const group = kindOf({ type }).words!;
    const without = `${type} is an optional word, and the configuration does not have "${group}" among its words`;
    for (const config of [{}, { words: [] }, { words: words.filter((one) => one !== group) }]) {
      expect(verdictOn(POSSIBLE[type], everyPhase(config))).toBe(without);
    }
  });

  test('without timeouts makes a timeout the fault of the scenario', () => {
    for (const config of [{}, { words: [] }, { words: words.filter((one) => one !== 'timeouts') }]) {
      const { model } = acceptBy([], everyPhase(config));
      expect(() => model.stimulate(0, timeout(1))).toThrow(
        'timeout is an optional word; add "timeouts" to the words of the configuration',
      );
    }
  });

  test('of XX keeps nothing for optional words', () => {
    expect(stateAfter(everyPhase()).optional).toBeNull();
    expect(stateAfter(everyPhase({ words: [] })).optional).toBeNull();
  });

  test('finds each word in one group, and each group has words', () => {
    const all = Object.values(OPTIONAL_WORDS).flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all.toSorted()).toEqual(['timeout', ...OPTIONAL_DECISION_TYPES].toSorted());
  });
});

describe('a timeout', () => {
  test.each<[number, string | null]>([
    [WHO.queued, null],
    [WHO.ready, null],
    [WHO.blocked, null],
    [WHO.admission, null],
    [WHO.running, 'the client of invocation 1 has given up already'],
    [WHO.inheritance, 'invocation 6 was called, and only the client of a root gives up'],
    [12, 'invocation 12 has ended, and only the client of a root that has not ended gives up'],
    [99, 'invocation 99 does not exist, and only the client of a root that has not ended gives up'],
  ])('of %i: %s', (id, refusal) => {
    const { model } = acceptBy([], phases);
    const giveUp = () => model.stimulate(0, timeout(id));
    if (refusal === null) {
      giveUp();
      expect(model.state.optional!.givenUp).toContain(invocationOf(model.state.invocations, id));
    } else expect(giveUp).toThrow(refusal);
  });

  test('changes nothing about the invocation, and calls for no answer', () => {
    const told = story(cluster({ words }), ...arrives(0, 1, LOW, start(1)));
    const judge = new Judge(told.config, emptyTally(), EVERY_RULE);
    for (const [at, stimulus, ...decisions] of told.lines)
      expect(judge.step(at, stimulus, decisions)).toBeNull();
    const standing = () => ({ ...invocationOf(judge.state.invocations, 1)!, machine: null });
    const before = standing();
    expect(judge.step(0, timeout(1), [])).toBeNull();
    expect(standing()).toEqual(before);
    // It may run to its end, unseen by anybody, and pays.
    expect(judge.step(3, finish(1), [complete(1, bill(3, 3, 3))])).toBeNull();
    expect(judge.state.optional!.givenUp.size).toBe(0);
  });

  test('of one that is throttled in the end is forgotten with it', () => {
    const told = story(cluster({ words }), [0, submit(1, LOW)], [0, timeout(1), throttle(1)]);
    expect(stateAfter(told).optional!.givenUp.size).toBe(0);
  });

  test('outlives a crash', () => {
    const told = story(
      cluster({ words }),
      ...arrives(0, 1, LOW),
      [0, timeout(1)],
      [0, crash(0), enqueue(1, LOW)],
    );
    expect(verdictOn(cancel(1), told)).toBe('possible');
  });
});
