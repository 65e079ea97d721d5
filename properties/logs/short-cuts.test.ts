import { describe, expect, test } from 'vitest';
import type { Configuration } from '../../model/configuration.ts';
import type { NodeLog } from '../../model/partial/nodes/node-lines.ts';
import { Reconciler } from '../../model/partial/nodes/reconcile.ts';
import { createGenerator } from '../../reference-impl/random.ts';
import { FAULTS } from './measure-nodes.ts';
import { splitTrace } from './split.ts';
import { referenceTraces, spacedTraces } from './traces.ts';

const MOST_STATES = 1000;

function word(logs: readonly NodeLog[], skewMs: number, withoutShortCuts = false): string {
  const { fits, cut } = new Reconciler(logs, { skewMs, mostStates: MOST_STATES, withoutShortCuts }).search();
  if (fits) return 'accepted';
  return cut ? 'undecided' : 'refused';
}

/** Logs in which every ms has one step, and logs in which many steps share one; by clocks that agree, and that do not. */
function* clusters(): Generator<{ logs: NodeLog[]; skewMs: number; seed: number }> {
  for (const traces of [spacedTraces(8, 11, 'small'), referenceTraces(8, 11, 'small')]) {
    for (const [seed, trace] of [...traces].entries()) {
      for (const skewMs of [0, 4]) {
        yield { logs: splitTrace(trace, { skewMs, seed, constant: seed % 2 === 0 }), skewMs, seed };
      }
    }
  }
}

describe('short cuts of the search', () => {
  test('never refuse what fits', () => {
    let accepted = 0;
    for (const { logs, skewMs, seed } of clusters()) {
      const found = word(logs, skewMs);
      expect(found, `seed ${seed}, skew ${skewMs}`).not.toBe('refused');
      if (found === 'accepted') accepted++;
    }
    expect(accepted).toBeGreaterThan(24);
  });

  test('say the same of faults as a search that tries every order, wherever that comes to an end', () => {
    const compared = { accepted: 0, refused: 0 };
    for (const { logs, skewMs, seed } of clusters()) {
      for (const [name, fault] of Object.entries(FAULTS)) {
        const faulty = fault(logs, createGenerator(seed), skewMs);
        if (faulty === null) continue;
        const everything = word(faulty, skewMs, true);
        if (everything === 'undecided') continue;
        expect(word(faulty, skewMs), `${name}, seed ${seed}, skew ${skewMs}`).toBe(everything);
        compared[everything as 'accepted' | 'refused']++;
      }
    }
    expect(compared.refused).toBeGreaterThan(30);
  });
});

type Item = Partial<Pick<NodeLog['lines'][number], 'stimulus' | 'decision'>> & { readonly at: number };

function logOf(config: Configuration, node: NodeLog['node'], items: readonly Item[]): NodeLog {
  const lines = items.map(({ at, stimulus = null, decision = null }, index) => ({
    ...{ line: index + 2, at, stimulus, decision },
  }));
  return { file: JSON.stringify(node), node, config, lines };
}

function clusterOf(machines: number, shards: number): Configuration {
  return {
    classes: [{ name: 'only', price: 1 }],
    memoryPrice: 0,
    machines: Array.from({ length: machines }, () => ({ cores: 1, ram: 10, swap: 0 })),
    ...{ shards, kMachines: machines, kShards: 1, initialMemory: 1, maxAttempts: 1, seed: 1 },
    idle: { enter: 20, leave: 20, memoryDrift: 1, functionsDrift: 1 },
    tenants: [{ budget: null }],
  };
}

const submit = (at: number, id: number, shard: number): Item[] => [
  { at, stimulus: { type: 'submit', id, tenant: 0, function: 'f', class: 0, shard } },
  { at, decision: { type: 'enqueue', id, shard, class: 0, degraded: false } },
];
const turn = (at: number, id: number, shard: number, machine: number, polled: number[]): Item[] => [
  { at, stimulus: { type: 'turn', shard } },
  { at, decision: { type: 'place', id, shard, machine, via: 'poll', polled } },
];
const start = (at: number, id: number): Item => ({ at, decision: { type: 'start', id } });
const finish = (at: number, id: number, ranMs: number): Item[] => [
  { at, stimulus: { type: 'finish', id } },
  { at, decision: { type: 'complete', id, bill: { cpuMs: ranMs, mbMs: ranMs, cost: ranMs } } },
];

describe('steps of one ms', () => {
  test('are tried in both orders where one frees a machine that the other has polled', () => {
    const config = clusterOf(2, 2);
    const both = [0, 1];
    const before = [1, 2, 5, 6, 7].flatMap((id, index) => [
      ...submit(10, id, 0),
      ...turn(20 + index, id, 0, index % 2, both),
    ]);
    // Once 1 has finished, machine 0 has fewer than machine 1 has with either of 3 and 4.
    const logs = [
      logOf(config, { shard: 0 }, [
        ...before.sort((a, b) => a.at - b.at),
        ...[...submit(40, 3, 0), ...turn(50, 3, 0, 1, both)],
      ]),
      logOf(config, { shard: 1 }, [...submit(40, 4, 1), ...turn(50, 4, 1, 1, both)]),
      logOf(config, { machine: 0 }, [start(20, 1), ...finish(50, 1, 30), start(50, 5)]),
      logOf(config, { machine: 1 }, [start(21, 2)]),
    ];
    expect(word(logs, 0)).toBe('accepted');
  });

  test.each([
    [1, 2, 3],
    [1, 3, 2],
    [2, 1, 3],
    [2, 3, 1],
    [3, 1, 2],
    [3, 2, 1],
  ])('are tried in every order in which several come to a machine: %i, %i, %i', (...order) => {
    const config = clusterOf(1, 3);
    const shardOf = (shard: number) => [
      ...(shard === 0 ? [...submit(10, 0, 0), ...turn(20, 0, 0, 0, [0])] : []),
      ...[...submit(30, shard + 1, shard), ...turn(50, shard + 1, shard, 0, [0])],
    ];
    const machine = [start(20, 0), ...finish(60, 0, 40)];
    for (const [index, id] of order.entries()) {
      const at = 70 + 10 * index;
      const bill = { cpuMs: 10, mbMs: at - 50, cost: 10 };
      machine.push(
        start(at - 10, id),
        { at, stimulus: { type: 'finish', id } },
        { at, decision: { type: 'complete', id, bill } },
      );
    }
    const logs = [
      ...[0, 1, 2].map((shard) => logOf(config, { shard }, shardOf(shard))),
      logOf(config, { machine: 0 }, machine),
    ];
    expect(word(logs, 0)).toBe('accepted');
  });
});
