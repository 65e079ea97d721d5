import { describe, expect, test } from 'vitest';
import type { Decision } from '../../model/alphabet.ts';
import type { NodeLog } from '../../model/partial/nodes/node-lines.ts';
import { readNodeLog } from '../../model/partial/nodes/read-node-log.ts';
import { Reconciler } from '../../model/partial/nodes/reconcile.ts';
import { createGenerator } from '../../reference-impl/random.ts';
import { FAULTS } from './measure-nodes.ts';
import { judgingNodes, type NodesVerdict, nodesVerdict } from './nodes-verdict.ts';
import { nodeLogText, splitTrace } from './split.ts';
import { spacedTraces } from './traces.ts';

const TRACES = [...spacedTraces(10, 4, 'small')];

describe('logs of single nodes, taken apart from a trace, are put together again', () => {
  test('by clocks that agree', () => {
    for (const trace of TRACES) {
      const logs = splitTrace(trace);
      const verdict = nodesVerdict(logs, 0);
      expect(verdict.word, JSON.stringify(trace.config)).toBe('accepted');
      expect(verdict.found.ambiguities).toEqual([]);
      // Ticks stand in no log.
      const ticks = trace.steps.filter(({ stimulus }) => stimulus.type === 'tick').length;
      expect(verdict.found.steps).toBe(trace.steps.length - ticks);
    }
  });

  test.each([true, false])('by clocks that are off, each by the same at all times: %s', (constant) => {
    for (const [seed, trace] of TRACES.entries()) {
      const logs = splitTrace(trace, { skewMs: 3, seed, constant });
      expect(nodesVerdict(logs, 3).word, JSON.stringify(trace.config)).toBe('accepted');
    }
  });

  test('as their files say, line by line', async () => {
    for (const log of splitTrace(TRACES[0]!)) {
      const lines = nodeLogText(log).trimEnd().split('\n');
      expect(await readNodeLog(log.file, lines)).toEqual(log);
    }
  });
});

/** Judges logs, and gives up at the first turn. */
function givenUp(logs: readonly NodeLog[], skewMs: number): NodesVerdict {
  const work = judgingNodes(logs, skewMs);
  const turns = [work.next(true), ...Array.from({ length: 5 }, () => work.next(false))];
  return turns.find((turn) => turn.done)!.value!;
}

describe('judging that is given up', () => {
  test('says how far it came, and neither accepts nor refuses', () => {
    const lengthy = TRACES.toSorted((one, other) => other.steps.length - one.steps.length)[0]!;
    const verdict = givenUp(splitTrace(lengthy), 0);
    expect(verdict.word).toBe('interrupted');
    expect(verdict.lines).toMatch(/^interrupted: no order was found yet; the best takes \d+ of \d+ lines$/m);
    expect(verdict.json).toMatchObject({ verdict: 'interrupted', irreconcilable: null, isMinimal: null });
  });

  test('keeps a verdict that is there already', () => {
    const [first, ...others] = splitTrace(TRACES[0]!);
    const short = [first!, ...others].map((log) => ({ ...log, lines: log.lines.slice(0, 0) }));
    expect(givenUp(short, 0).word).toBe('accepted');
  });
});

describe('one fault in the logs', () => {
  test.each(Object.keys(FAULTS))('is never accepted: %s', (name) => {
    let planted = 0;
    let refused = 0;
    for (const [seed, trace] of TRACES.slice(0, 6).entries()) {
      const logs = splitTrace(trace, { skewMs: 2, seed, constant: true });
      const faulty = FAULTS[name]!(logs, createGenerator(seed), 2);
      if (faulty === null) continue;
      planted++;
      // Which lines are to blame takes longer than the verdict, and is another matter.
      const { fits, cut } = new Reconciler(faulty, { skewMs: 2, mostStates: 3000 }).search();
      expect(fits).toBe(false);
      if (!cut) refused++;
    }
    expect(planted).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  });
});

/** Two machines of one core each, one shard: 1 is placed on machine 0, and 2 on machine 1. */
const CONFIG = {
  classes: [{ name: 'only', price: 1 }],
  memoryPrice: 0,
  machines: [
    { cores: 1, ram: 10, swap: 0 },
    { cores: 1, ram: 10, swap: 0 },
  ],
  ...{ shards: 1, kMachines: 2, kShards: 1, initialMemory: 1, maxAttempts: 1, seed: 1 },
  idle: { enter: 20, leave: 20, memoryDrift: 1, functionsDrift: 1 },
  tenants: [{ budget: null }],
} satisfies NodeLog['config'];

const submit = (at: number, id: number) => [
  { at, stimulus: { type: 'submit' as const, id, tenant: 0, function: 'f', class: 0, shard: 0 } },
  { at, decision: { type: 'enqueue' as const, id, shard: 0, class: 0, degraded: false } },
];
const turn = (at: number, id: number, machine: number) => [
  { at, stimulus: { type: 'turn' as const, shard: 0 } },
  { at, decision: { type: 'place' as const, id, shard: 0, machine, via: 'poll' as const, polled: [0, 1] } },
];
const start = (at: number, id: number) => ({ at, decision: { type: 'start' as const, id } });

type Item = { at: number; stimulus?: NodeLog['lines'][number]['stimulus']; decision?: Decision };

function logOf(node: NodeLog['node'], items: readonly Item[]): NodeLog {
  const lines = items.map(({ at, stimulus = null, decision = null }, index) => ({
    ...{ line: index + 2, at, stimulus, decision },
  }));
  return { file: 'shard' in node ? 'shard' : `machine-${node.machine}`, node, config: CONFIG, lines };
}

function judged(shard: Item[], first: Item[], second: Item[], skewMs: number): NodesVerdict {
  return nodesVerdict(
    [logOf({ shard: 0 }, shard), logOf({ machine: 0 }, first), logOf({ machine: 1 }, second)],
    skewMs,
  );
}

describe('an effect', () => {
  const shard = [...submit(10, 1), ...turn(20, 1, 0)];

  test('may come before its cause by twice the skew, by the clocks', () => {
    expect(judged(shard, [start(12, 1)], [], 4).word).toBe('accepted');
  });

  test('is refused with its cause where it comes earlier', () => {
    const verdict = judged(shard, [start(11, 1)], [], 4);
    expect(verdict.word).toBe('refused');
    expect(verdict.json).toMatchObject({
      irreconcilable: [
        { file: 'machine-0', line: 2, decision: { type: 'start', id: 1 } },
        { file: 'shard', line: 5, decision: { type: 'place', id: 1 } },
      ],
      isMinimal: true,
    });
  });

  test('is refused alone where no log has a cause', () => {
    const verdict = judged(shard, [start(20, 1)], [start(20, 2)], 0);
    expect(verdict.json).toMatchObject({
      verdict: 'refused',
      irreconcilable: [{ file: 'machine-1', line: 2 }],
    });
  });
});

describe('the lines that are not reconciled', () => {
  test('are the one that the rules refuse, and nothing that has no part in it', () => {
    const shard = [...submit(10, 1), ...submit(10, 2), ...turn(20, 1, 0), ...turn(30, 2, 1)];
    const finish = [
      { at: 40, stimulus: { type: 'finish' as const, id: 1 } },
      { at: 40, decision: { type: 'complete' as const, id: 1, bill: { cpuMs: 19, mbMs: 20, cost: 19 } } },
    ];
    const verdict = judged(shard, [start(20, 1), ...finish], [start(30, 2)], 0);
    expect(verdict.json).toMatchObject({
      verdict: 'refused',
      irreconcilable: [{ file: 'machine-0', line: 4 }],
      isMinimal: true,
    });
    expect(verdict.lines).toContain('bill-exact');
    const exact = [
      finish[0]!,
      { ...finish[1]!, decision: { ...finish[1]!.decision!, bill: { cpuMs: 20, mbMs: 20, cost: 20 } } },
    ];
    expect(judged(shard, [start(20, 1), ...(exact as Item[])], [start(30, 2)], 0).word).toBe('accepted');
  });

  test('are two where either could be true without the other', () => {
    // Both are placed on machine 0, whose log says that nobody was there before 2 started.
    const shard = [...submit(10, 1), ...submit(10, 2), ...turn(20, 1, 0), ...turn(80, 2, 1)];
    const verdict = judged(shard, [start(20, 1)], [start(50, 2)], 5);
    expect(verdict.word).toBe('refused');
    expect((verdict.json as { irreconcilable: unknown[] }).irreconcilable).toHaveLength(2);
  });
});

describe('a line whose cause is in no log', () => {
  test('is named, with the cause', () => {
    const placed = [...submit(10, 1), ...turn(20, 1, 0)];
    expect(judged(placed, [start(20, 1)], [], 0).word).toBe('accepted');
    const elsewhere = judged(placed, [], [start(20, 1)], 0);
    expect(elsewhere.json).toMatchObject({
      verdict: 'refused',
      irreconcilable: [{ file: 'machine-1', line: 2 }],
    });
    expect(elsewhere.lines).toContain('no log has the placement of 1 on machine 1');
    expect(judged(turn(20, 1, 0), [start(20, 1)], [], 0).lines).toContain('the submit or the call of 1');
  });
});

describe('what rests on the clocks', () => {
  const classes = [
    { name: 'low', price: 1 },
    { name: 'high', price: 4 },
  ];
  const of = (id: number, priceClass: number, at: number): Item[] => [
    { at, stimulus: { type: 'submit', id, tenant: 0, function: 'f', class: priceClass, shard: 0 } },
    { at, decision: { type: 'enqueue', id, shard: 0, class: priceClass, degraded: false } },
  ];
  const verdictOn = (lowAt: number, placed: number, skewMs: number) => {
    const shard = [...of(1, 0, lowAt), ...of(2, 1, 90), ...turn(100, placed, 0)];
    const logs = [
      logOf({ shard: 0 }, shard),
      logOf({ machine: 0 }, [start(100, placed)]),
      logOf({ machine: 1 }, []),
    ];
    return nodesVerdict(
      logs.map((log) => ({ ...log, config: { ...CONFIG, classes } })),
      skewMs,
    );
  };

  test('is ambiguous where some times within the skew permit it and others do not, and is called so', () => {
    // Price × wait is 45 for the low one and 40 for the high one.
    const verdict = verdictOn(55, 1, 5);
    expect(verdict.word).toBe('accepted');
    expect(verdict.json).toMatchObject({ ambiguous: [{ file: 'shard', line: 7 }] });
    expect(verdict.lines).toContain('ambiguous: 1 line');
    expect(verdictOn(55, 1, 0).found.ambiguities).toEqual([]);
  });

  test('is sure where all of them permit it, and refused where none does', () => {
    expect(verdictOn(0, 1, 2)).toMatchObject({ word: 'accepted', found: { ambiguities: [] } });
    expect(verdictOn(88, 1, 2).word).toBe('refused');
    expect(verdictOn(88, 2, 2)).toMatchObject({ word: 'accepted', found: { ambiguities: [] } });
  });
});

describe('logs that do not belong together are bad input', () => {
  const log = logOf({ shard: 0 }, []);

  test('when a node is missing or comes twice, or the clusters differ', () => {
    const others = [logOf({ machine: 0 }, []), logOf({ machine: 1 }, [])];
    expect(() => nodesVerdict([log, others[0]!], 0)).toThrow('the log of machine 1 is missing');
    expect(() => nodesVerdict([log, log, ...others], 0)).toThrow('is the log of shard 0 already');
    const strange = { ...others[1]!, config: { ...CONFIG, seed: 2 } };
    expect(() => nodesVerdict([log, others[0]!, strange], 0)).toThrow('config: it is not that of shard');
  });

  test('when a line belongs to another node, or to none', async () => {
    const header = nodeLogText(log).trimEnd();
    const read = (line: object) => readNodeLog('f', [header, JSON.stringify(line)]);
    await expect(read({ at: 1, decision: { type: 'start', id: 1 } })).rejects.toThrow(
      'line 2: "start" belongs into the log of a machine, and this is that of shard 0',
    );
    await expect(read({ at: 1, stimulus: { type: 'tick' } })).rejects.toThrow(
      '"tick" stands in no log of a node',
    );
    await expect(read({ at: 1, stimulus: { type: 'turn', shard: 0 } })).resolves.toBeDefined();
    await expect(readNodeLog('f', [])).rejects.toThrow('the file is empty');
  });
});
