import { z } from 'zod';
import type { Configuration } from '../../configuration.ts';
import { check } from '../../format/check.ts';
import { FORMAT_VERSION } from '../../format/header.ts';
import { checkReferences } from '../../format/references.ts';
import { configurationSchema, decisionSchema, stimulusSchema } from '../../format/schemas.ts';
import { show } from '../../format/show.ts';
import { parseStrict } from '../../format/strict-json.ts';
import { InputError } from '../../input-error.ts';
import {
  decidedBy,
  happensAt,
  isSameNode,
  type NodeLine,
  type NodeLog,
  type NodeName,
  nodeText,
} from './node-lines.ts';

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
