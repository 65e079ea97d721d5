import type { Step } from '../../model/alphabet.ts';
import type { Configuration, Trace } from '../../model/configuration.ts';
import {
  type NodeLog,
  type NodeName,
  nodeHeaderLine,
  nodeLine,
  nodeText,
  takenApart,
} from '../../model/partial/nodes/node-lines.ts';
import { createGenerator, nextBelow } from '../../reference-impl/random.ts';

/** How the clocks of nodes are off: not at all unless given. */
export interface Clocks {
  /** By at most so much, in ms. */
  readonly skewMs: number;
  readonly seed: number;
  /** Whether each node is off by the same at all times, or by another amount at each line. */
  readonly constant: boolean;
}

const EXACT: Clocks = { skewMs: 0, seed: 0, constant: true };

/** A trace as the logs of its nodes: shards first, then machines, those included that wrote nothing. */
export function splitTrace(trace: Trace, clocks: Clocks = EXACT): NodeLog[] {
  const { config, steps } = trace;
  const machines = machinesOf(config, steps);
  const nodes: NodeName[] = [
    ...Array.from({ length: config.shards }, (_, shard): NodeName => ({ shard })),
    ...Array.from({ length: machines }, (_, machine): NodeName => ({ machine })),
  ];
  const generator = createGenerator(clocks.seed);
  const off = () => (clocks.skewMs === 0 ? 0 : nextBelow(generator, 2 * clocks.skewMs + 1) - clocks.skewMs);
  const logs = new Map(
    nodes.map((node) => [nodeText(node), { node, offMs: off(), lines: [] as NodeLog['lines'][number][] }]),
  );
  for (const { node, at, item, isStimulus } of takenApart(trace)) {
    const log = logs.get(nodeText(node))!;
    const before = log.lines.at(-1)?.at ?? 0;
    const read = at + (clocks.constant ? log.offMs : off());
    log.lines.push({
      line: log.lines.length + 2,
      at: Math.max(before, read),
      stimulus: isStimulus ? (item as Step['stimulus']) : null,
      decision: isStimulus ? null : (item as Step['decisions'][number]),
    });
  }
  return [...logs.values()].map(({ node, lines }) => ({ file: fileOf(node), node, config, lines }));
}

/** The machines of the configuration, and those that joined. */
function machinesOf(config: Configuration, steps: readonly Step[]): number {
  const joined = steps.map(({ stimulus }) => (stimulus.type === 'join' ? stimulus.machine + 1 : 0));
  return Math.max(config.machines.length, ...joined);
}

/** `shard-0.jsonl`, `machine-3.jsonl`. */
export function fileOf(node: NodeName): string {
  return `${nodeText(node).replace(' ', '-')}.jsonl`;
}

/** The log of a node as text, each line ended by a newline. */
export function nodeLogText({ node, config, lines }: NodeLog): string {
  const items = lines.map(({ at, stimulus, decision }) =>
    nodeLine(at, stimulus ?? decision!, stimulus !== null),
  );
  return `${[nodeHeaderLine(node, config), ...items].join('\n')}\n`;
}
