import type { NodeLine, NodeLog } from '../../model/partial/nodes/node-lines.ts';
import { Reconciler, type Reconciliation } from '../../model/partial/nodes/reconcile.ts';
import { createGenerator, nextBelow, type Generator as Random } from '../../reference-impl/random.ts';
import type { NodesRecord } from './record.ts';
import { splitTrace } from './split.ts';
import { spacedTraces } from './traces.ts';

/** How much is measured. */
export interface NodesOptions {
  readonly traces: number;
  readonly seed: number;
  readonly skewMs: number;
  readonly mostStates: number;
  /** Into how many of the traces faults are planted, and how many states are then looked at. */
  readonly withFaults: number;
  readonly mostStatesOfFaults: number;
  readonly onProgress?: (what: string) => void;
}

/** A fault in the logs of nodes; null: these logs have no place for it. */
type Fault = (logs: readonly NodeLog[], random: Random, skewMs: number) => NodeLog[] | null;

/** One line is changed, or the clock of one node. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'a decision is missing': (logs, random) =>
    editLine(
      logs,
      random,
      ({ decision }) => decision !== null,
      () => [],
    ),
  'another is started or preempted': (logs, random) =>
    editLine(
      logs,
      random,
      ({ decision }) => decision?.type === 'start' || decision?.type === 'preempt',
      (line) => [
        { ...line, decision: { ...(line.decision as { type: 'start'; id: number }), id: 1_000_000 } },
      ],
    ),
  'a figure of an entry is wrong': (logs, random) =>
    editLine(
      logs,
      random,
      ({ decision }) => decision?.type === 'relist' || decision?.type === 'list',
      (line) => {
        const decision = line.decision as Extract<NodeLine['decision'], { type: 'relist' }>;
        return [
          { ...line, decision: { ...decision, available: decision!.available + 1 } as NodeLine['decision'] },
        ];
      },
    ),
  'the clock of a shard leaps by ten times the skew': (logs, random, skewMs) => {
    const placing = logs.filter(
      ({ node, lines }) => 'shard' in node && lines.some(({ decision }) => decision?.type === 'place'),
    );
    if (placing.length === 0) return null;
    const chosen = placing[nextBelow(random, placing.length)]!;
    const from = chosen.lines.findIndex(({ decision }) => decision?.type === 'place');
    const lines = chosen.lines.map((line, index) =>
      index < from ? line : { ...line, at: line.at + 10 * Math.max(1, skewMs) },
    );
    return logs.map((log) => (log === chosen ? { ...log, lines } : log));
  },
};

function editLine(
  logs: readonly NodeLog[],
  random: Random,
  fits: (line: NodeLine) => boolean,
  edit: (line: NodeLine) => NodeLine[],
): NodeLog[] | null {
  const places = logs.flatMap(({ lines }, log) =>
    lines.flatMap((line, index) => (fits(line) ? [{ log, index }] : [])),
  );
  if (places.length === 0) return null;
  const chosen = places[nextBelow(random, places.length)]!;
  return logs.map((log, at) => {
    if (at !== chosen.log) return log;
    return {
      ...log,
      lines: log.lines.flatMap((line, index) => (index === chosen.index ? edit(line) : [line])),
    };
  });
}

/** Splits traces of the reference by skewed clocks, and looks for an order of their lines; with faults and without. */
export function measureNodes(options: NodesOptions): NodesRecord {
  const { traces, seed, skewMs, mostStates, withFaults, mostStatesOfFaults, onProgress = () => {} } = options;
  const whole: Reconciliation[] = [];
  const faults = new Map(Object.keys(FAULTS).map((name) => [name, { planted: 0, refused: 0, undecided: 0 }]));
  let lines = 0;
  let cpu = 0;
  for (const [index, trace] of [...spacedTraces(traces, seed)].entries()) {
    onProgress(`trace ${index + 1} of ${traces}`);
    const logs = splitTrace(trace, { skewMs, seed: index, constant: index % 2 === 0 });
    lines += logs.reduce((sum, log) => sum + log.lines.length, 0);
    const before = process.cpuUsage();
    whole.push(new Reconciler(logs, { skewMs, mostStates }).search());
    const { user, system } = process.cpuUsage(before);
    cpu += user + system;
    if (index >= withFaults) continue;
    for (const [name, fault] of Object.entries(FAULTS)) {
      const faulty = fault(logs, createGenerator(index), skewMs);
      if (faulty === null) continue;
      const { fits, cut } = new Reconciler(faulty, { skewMs, mostStates: mostStatesOfFaults }).search();
      const count = faults.get(name)!;
      count.planted++;
      if (!fits && !cut) count.refused++;
      if (!fits && cut) count.undecided++;
    }
  }
  const count = (holds: (found: Reconciliation) => boolean) => whole.filter(holds).length;
  return {
    ...{ traces: whole.length, seed, skewMs, lines, mostStates },
    accepted: count(({ fits }) => fits),
    undecided: count(({ fits, cut }) => !fits && cut),
    ambiguous: count(({ ambiguities }) => ambiguities.length > 0),
    linesPerSecond: Math.round(lines / (cpu / 1_000_000)),
    faults: [...faults].map(([fault, counts]) => ({ fault, ...counts })),
  };
}
