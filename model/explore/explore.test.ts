import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { emptyTally } from '../coverage.ts';
import { TRANSFER } from '../snapshot.ts';
import { expandBatch } from './batch.ts';
import { binomial, Choices } from './choices.ts';
import type { Expander } from './expander.ts';
import { configurationOf, QUOTED_INSTANCE } from './instance.ts';
import { cyclicComponents } from './liveness.ts';
import { Packing } from './packing.ts';
import { Visited } from './visited.ts';

describe('choices', () => {
  property.prop([fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 8 })])(
    'are had each exactly once: every sample of a size, ascending',
    (count, size) => {
      const choices = new Choices();
      const seen = new Set<string>();
      do {
        choices.rewind();
        const sample = choices.sample(count, size);
        expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b));
        expect(sample.every((member) => member >= 0 && member < count)).toBe(true);
        seen.add(sample.join());
      } while (choices.advance());
      expect(seen.size).toBe(binomial(count, Math.min(size, count)));
    },
  );

  test('that depend on earlier ones are had in every combination', () => {
    const choices = new Choices();
    const seen: string[] = [];
    do {
      choices.rewind();
      const first = choices.choose(3);
      seen.push(first === 1 ? `1${choices.choose(2)}` : `${first}`);
    } while (choices.advance());
    expect(seen).toEqual(['0', '10', '11', '2']);
  });
});

describe('packed states', () => {
  const packing = new Packing({
    ...QUOTED_INSTANCE,
    antagonists: [0, 2],
    paging: { chunk: 2, reserve: 1 },
    crashes: 1,
    drains: 2,
    joins: 1,
    restarts: 3,
    maxAttempts: 3,
    budget: { amount: 6, period: 4, burstPercent: 50 },
    maxMetered: 5,
  });
  const invocation = fc.record({
    stage: fc.nat(7),
    class: fc.nat(1),
    machine: fc.integer({ min: -1, max: 2 }),
    ageMs: fc.nat(2),
    demand: fc.nat(3),
    resident: fc.nat(3),
    fresh: fc.nat(3),
    caller: fc.integer({ min: -1, max: 2 }),
    position: fc.nat(2),
    shard: fc.constant(0),
    degraded: fc.nat(1),
    attempt: fc.integer({ min: 1, max: 3 }),
    cpuMs: fc.nat(5),
    mbMs: fc.nat(8),
  });
  const machine = fc
    .record({
      shard: fc.integer({ min: -1, max: 0 }),
      available: fc.nat(3),
      functions: fc.nat(6),
      antagonist: fc.constantFrom(0, 2),
      disk: fc.nat(3),
      owner: fc.integer({ min: -1, max: 2 }),
      transferMb: fc.nat(2),
      presence: fc.nat(3),
    })
    .map((one) => (one.disk === TRANSFER.none ? { ...one, owner: -1 } : one));
  const snapshots = fc.record({
    // Ages reach 2 ms back, to before the period of 4 ms that begins at 4.
    now: fc.integer({ min: 4, max: 7 }),
    invocations: fc.array(invocation, { minLength: 3, maxLength: 3 }),
    machines: fc.array(machine, { minLength: 3, maxLength: 3 }),
    spent: fc.nat(6),
    faults: fc.record({ crashes: fc.nat(1), drains: fc.nat(2), joins: fc.nat(1), restarts: fc.nat(3) }),
  });

  property.prop([snapshots])('are unpacked as they were', (snapshot) => {
    const words = new Int32Array(packing.words);
    packing.pack(snapshot, words, 0);
    const again = packing.blank();
    packing.unpack(words, 0, again);
    expect(again).toEqual(snapshot);
  });

  test('are refused for instances that do not fit into words', () => {
    expect(() => new Packing({ ...QUOTED_INSTANCE, maxDemand: 1_000_000 })).toThrow(
      /too large to be explored/,
    );
  });

  property.prop([fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 3000 })])(
    'are told apart by all their words, however many there are',
    (states) => {
      const visited = new Visited(2);
      const known = new Map<string, number>();
      for (const [one, other] of states) {
        const added = visited.add(Int32Array.of(one, other), 0, -1, 0);
        const key = `${one},${other}`;
        const before = known.get(key);
        if (before === undefined) known.set(key, added);
        expect(added).toBe(before === undefined ? known.size - 1 : ~before);
      }
      expect(visited.size).toBe(known.size);
    },
  );

  test('are told apart where their hashes are the same, of which 400,000 states have some', () => {
    const visited = new Visited(2);
    const generate = (index: number) =>
      Int32Array.of(Math.imul(index, 0x9e3779b1), Math.imul(index, 0x85ebca6b));
    for (let index = 0; index < 400_000; index++) visited.add(generate(index), 0, -1, 0);
    expect(visited.size).toBe(400_000);
  });
});

describe('instances', () => {
  test('are refused when no such cluster exists', () => {
    expect(() => configurationOf({ ...QUOTED_INSTANCE, leave: 3 })).toThrow(
      /^leave: expected at most enter \(2\), got 3$/,
    );
    expect(() => configurationOf({ ...QUOTED_INSTANCE, kMachines: 3 })).toThrow(
      /^kMachines: expected at most machines \(2\), got 3$/,
    );
    expect(() => configurationOf({ ...QUOTED_INSTANCE, kShards: 2 })).toThrow(
      /^kShards: expected at most shards \(1\), got 2$/,
    );
    expect(() => configurationOf({ ...QUOTED_INSTANCE, prices: [4, 1] })).toThrow(/^prices: .* got 4,1$/);
    expect(() => configurationOf({ ...QUOTED_INSTANCE, prices: [0, 1] })).toThrow(/^prices: .* got 0,1$/);
  });
});

describe('a batch', () => {
  const fanOf = (width: number): Expander => ({
    packing: new Packing(QUOTED_INSTANCE),
    tally: emptyTally(),
    leftOut: { impossible: 0, outside: 0 },
    boot: () => {},
    expand(words, _offset, visit) {
      const successor = { afterMs: 0, stimulus: { type: 'tick' }, decisions: [], wrong: null } as const;
      for (let count = 0; count < width; count++) visit(successor, words);
    },
  });

  test('counts as many successors of a state as 16 bits hold, and refuses one that has more', () => {
    const states = new Int32Array(new Packing(QUOTED_INSTANCE).words);
    expect(expandBatch(fanOf(65_535), states).counts).toEqual(Uint16Array.of(65_535));
    expect(() => expandBatch(fanOf(65_536), states)).toThrow(/a state has more than 65535 successors; lower/);
  });
});

describe('cycles', () => {
  const graphs = fc
    .integer({ min: 1, max: 8 })
    .chain((size) =>
      fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }),
    );

  property.prop([graphs])('are found exactly where states lead back to themselves', (graph) => {
    const starts = new Int32Array(graph.length + 1);
    for (const [state, targets] of graph.entries()) starts[state + 1] = starts[state]! + targets.length;
    const found = cyclicComponents(graph.length, { targets: Int32Array.from(graph.flat()), starts });
    const reaches = graph.map((_, from) => reachable(graph, from));
    for (const [state] of graph.entries()) {
      const component = found.find((members) => members.includes(state));
      const expected = graph.flatMap((_, other) =>
        reaches[state]!.has(other) && reaches[other]!.has(state) ? [other] : [],
      );
      expect([...(component ?? [])].sort((a, b) => a - b)).toEqual(expected);
    }
  });

  /** Where a state leads in one step or more. */
  function reachable(graph: readonly (readonly number[])[], from: number): Set<number> {
    const seen = new Set<number>();
    const open = [...graph[from]!];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (seen.has(state)) continue;
      seen.add(state);
      open.push(...graph[state]!);
    }
    return seen;
  }
});
