import { z } from 'zod';
import type { Decision, Step, Stimulus } from '../../alphabet.ts';
import type { Configuration, Trace } from '../../configuration.ts';
import { check } from '../../format/check.ts';
import { FORMAT_VERSION } from '../../format/header.ts';
import { checkReferences } from '../../format/references.ts';
import { configurationSchema, decisionSchema, stimulusSchema } from '../../format/schemas.ts';
import { show } from '../../format/show.ts';
import { parseStrict } from '../../format/strict-json.ts';
import { inOrder } from '../../format/write.ts';
import { InputError } from '../../input-error.ts';
import { printableJson } from '../../printable.ts';

/** Logs of single shards and machines, each in its own order and by its own clock: `docs/format.md`. */

/** Who wrote a log. */
export type NodeName = { readonly shard: number } | { readonly machine: number };

/** One line: what happened at a node, or what it decided, by its own clock. */
export interface NodeLine {
  /** In the file, from 1; the header is line 1. */
  readonly line: number;
  /** In ms, by the clock of the node. */
  readonly at: number;
  /** Exactly one of the two is there. */
  readonly stimulus: Stimulus | null;
  readonly decision: Decision | null;
}

/** The log of one node. */
export interface NodeLog {
  readonly file: string;
  readonly node: NodeName;
  readonly config: Configuration;
  readonly lines: readonly NodeLine[];
}

/** A line of one of several logs: the log, and the index of the line in it. */
export interface LineRef {
  readonly log: number;
  readonly index: number;
}

/** `shard 0`, `machine 3`. */
export function nodeText(node: NodeName): string {
  return 'shard' in node ? `shard ${node.shard}` : `machine ${node.machine}`;
}

export function isSameNode(one: NodeName, other: NodeName): boolean {
  return nodeText(one) === nodeText(other);
}

const amount = z.int({ error: 'expected an integer from 0' }).min(0, { error: 'expected an integer from 0' });
const nodeSchema = z.union([z.strictObject({ shard: amount }), z.strictObject({ machine: amount })], {
  error: 'expected {"shard": 0} or {"machine": 0}, whichever wrote the log',
});
const headerSchema = z.strictObject(
  { format: z.string(), version: z.number(), node: nodeSchema, config: configurationSchema },
  { error: 'expected an object with format, version, node, config' },
);
const stimulusLine = z.strictObject(
  { at: amount, stimulus: stimulusSchema },
  { error: 'expected at and stimulus' },
);
const decisionLine = z.strictObject(
  { at: amount, decision: decisionSchema },
  { error: 'expected at and decision' },
);

/**
 * Reads the log of a node.
 *
 * @throws InputError that begins with the line.
 */
export async function readNodeLog(
  file: string,
  texts: AsyncIterable<string> | Iterable<string>,
): Promise<NodeLog> {
  let header: { node: NodeName; config: Configuration } | undefined;
  const lines: NodeLine[] = [];
  let line = 0;
  for await (const text of texts) {
    line++;
    if (text.trim() === '') continue;
    const place = `line ${line}`;
    const value = parseStrict(text, place);
    if (header === undefined) header = readNodeHeader(value, place);
    else lines.push(readNodeLine(value, header, lines.at(-1)?.at ?? 0, line));
  }
  if (header === undefined) throw new InputError(`line 1: the file is empty; expected ${HEADER}`);
  return { file, ...header, lines };
}

const HEADER = 'a header {"format":"xx-node","version":1,"node":{"shard":0},"config":{...}}';

function readNodeHeader(value: unknown, place: string): { node: NodeName; config: Configuration } {
  const format = typeof value === 'object' && value !== null ? (value as { format?: unknown }).format : value;
  if (format !== 'xx-node') {
    throw new InputError(
      `${place}: format: expected ${HEADER}, got ${show(format)}; several files are judged together only if each is the log of a node`,
    );
  }
  const { version, node, config } = check(headerSchema, value, place);
  if (version !== FORMAT_VERSION) {
    throw new InputError(`${place}: version: expected ${FORMAT_VERSION}, got ${show(version)}`);
  }
  if ('shard' in node && node.shard >= config.shards) {
    throw new InputError(
      `${place}: node: there is no shard ${node.shard}; the configuration has ${config.shards}`,
    );
  }
  if (config.words !== undefined && config.words.length > 0) {
    throw new InputError(`${place}: config.words: logs of nodes have no optional words`);
  }
  if (config.paging !== undefined) {
    throw new InputError(
      `${place}: config.paging: logs of nodes are of clusters where a page moves at once; judge one trace of the whole cluster instead`,
    );
  }
  return { node, config };
}

function readNodeLine(
  value: unknown,
  { node, config }: { node: NodeName; config: Configuration },
  before: number,
  line: number,
): NodeLine {
  const place = `line ${line}`;
  const isDecision = typeof value === 'object' && value !== null && 'decision' in value;
  const read = isDecision
    ? { stimulus: null, ...check(decisionLine, value, place) }
    : { decision: null, ...check(stimulusLine, value, place) };
  if (read.at < before) {
    throw new InputError(
      `${place}: at: time runs backwards, from ${before} on the line before to ${read.at}`,
    );
  }
  if (read.stimulus !== null) checkReferences(read.stimulus, config, place);
  const written = read.stimulus === null ? decidedBy(read.decision!) : happensAt(read.stimulus);
  const wrong =
    written !== null &&
    (written === 'shard' || written === 'machine' ? !(written in node) : !isSameNode(written, node));
  if (wrong) {
    const type = read.stimulus?.type ?? read.decision!.type;
    const whose = typeof written === 'string' ? `a ${written}` : nodeText(written);
    throw new InputError(
      `${place}: ${show(type)} belongs into the log of ${whose}, and this is that of ${nodeText(node)}`,
    );
  }
  if (written === null) {
    const type = read.stimulus?.type ?? read.decision!.type;
    throw new InputError(`${place}: ${show(type)} stands in no log of a node (docs/format.md)`);
  }
  return { line, ...read };
}

/** Where a stimulus happens: a node, or the kind of the node if the state tells which; null: at none. */
function happensAt(stimulus: Stimulus): NodeName | 'machine' | null {
  switch (stimulus.type) {
    case 'submit':
    case 'turn':
    case 'restart':
      return { shard: stimulus.shard };
    case 'call':
    case 'resize':
    case 'finish':
      return 'machine';
    case 'antagonist':
    case 'join':
    case 'drain':
    case 'crash':
      return { machine: stimulus.machine };
    default:
      return null;
  }
}

/** Who takes a decision: a node, or the kind of the node if the state tells which; null: none. */
function decidedBy(decision: Decision): NodeName | 'shard' | 'machine' | null {
  switch (decision.type) {
    case 'enqueue':
    case 'place':
      return { shard: decision.shard };
    case 'throttle':
      return 'shard';
    case 'kill':
      return decision.reason === 'attempts' ? 'shard' : 'machine';
    case 'start':
    case 'preempt':
    case 'pageOut':
    case 'pageIn':
    case 'complete':
    case 'wake':
      return 'machine';
    case 'list':
    case 'relist':
    case 'unlist':
      return { machine: decision.machine };
    default:
      return null;
  }
}

/** What tells the node of a line, where the line alone does not: where an invocation lives, and where it is queued. */
export interface Whereabouts {
  machineOf(id: number): number | null;
  shardOf(id: number): number | null;
}

/** The node that a stimulus happens at; null: none, or nobody knows. */
export function nodeOfStimulus(stimulus: Stimulus, where: Whereabouts): NodeName | null {
  const node = happensAt(stimulus);
  if (node !== 'machine') return node;
  const id = stimulus.type === 'call' ? stimulus.caller : 'id' in stimulus ? stimulus.id : null;
  const machine = id === null ? null : where.machineOf(id);
  return machine === null ? null : { machine };
}

/** The node that takes a decision; null: none, or nobody knows. */
export function nodeOfDecision(decision: Decision, where: Whereabouts): NodeName | null {
  const node = decidedBy(decision);
  if (typeof node !== 'string') return node;
  if (!('id' in decision)) return null;
  const index = node === 'machine' ? where.machineOf(decision.id) : where.shardOf(decision.id);
  if (index === null) return null;
  return node === 'machine' ? { machine: index } : { shard: index };
}

/** The header of the log of a node, without its newline. */
export function nodeHeaderLine(node: NodeName, config: Configuration): string {
  return printableJson({ format: 'xx-node', version: FORMAT_VERSION, node, config: inOrder(config) });
}

/** A line of the log of a node, without its newline. */
export function nodeLine(at: number, item: Stimulus | Decision, isStimulus: boolean): string {
  return printableJson(isStimulus ? { at, stimulus: item } : { at, decision: item });
}

/** One thing that a step writes into the log of a node. */
export interface Written {
  readonly node: NodeName;
  readonly at: number;
  readonly item: Stimulus | Decision;
  readonly isStimulus: boolean;
}

/** Takes a trace apart, in its order. What no node writes, `boot` and `tick`, is left out. */
export function* takenApart({ steps }: Pick<Trace, 'steps'>): Generator<Written> {
  const machines = new Map<number, number>();
  const shards = new Map<number, number>();
  const where: Whereabouts = {
    machineOf: (id) => machines.get(id) ?? null,
    shardOf: (id) => shards.get(id) ?? null,
  };
  for (const step of steps) yield* ofStep(step, where, machines, shards);
}

function* ofStep(
  { at, stimulus, decisions }: Step,
  where: Whereabouts,
  machines: Map<number, number>,
  shards: Map<number, number>,
): Generator<Written> {
  const node = nodeOfStimulus(stimulus, where);
  if (node !== null) yield { node, at, item: stimulus, isStimulus: true };
  if (stimulus.type === 'submit' || stimulus.type === 'call') shards.set(stimulus.id, stimulus.shard);
  for (const decision of decisions) {
    const decider = nodeOfDecision(decision, where);
    if (decider !== null) yield { node: decider, at, item: decision, isStimulus: false };
    if (decision.type === 'place') machines.set(decision.id, decision.machine);
    if (decision.type === 'kill' || decision.type === 'complete') machines.delete(decision.id);
  }
}
