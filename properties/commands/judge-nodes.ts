import { Option } from 'commander';
import { InputError } from '../../model/input-error.ts';
import { type NodeLog, readNodeLog } from '../../model/partial/nodes/node-lines.ts';
import { printableJson } from '../../model/printable.ts';
import { FileError, inFile, readLines } from '../../reference-impl/io/files.ts';
import { NodesVerdict } from '../logs/nodes-verdict.ts';
import { type Desk, duration, EXIT } from './command.ts';
import type { LogFlags } from './judge-log.ts';

/** `xx judge` of the logs of several nodes: docs/logs.md. */

/** What its options say. */
export interface NodesFlags extends LogFlags {
  /** In ms. */
  readonly skew?: number;
}

export function skewOption(): Option {
  return new Option(
    '--skew <time>',
    'several files are the logs of nodes, whose clocks are off by up to this much (default: 0)',
  ).argParser((text: string) => {
    const skewMs = /^0 ?(ms|s)?$/.test(text) ? 0 : duration(text);
    if (Number.isSafeInteger(skewMs)) return skewMs;
    throw new InputError(`--skew: expected whole milliseconds, got ${text}`);
  });
}

/** Judges the logs of all shards and machines. @returns the exit code. */
export async function judgeNodes(
  files: readonly string[],
  { json, property, html, without = [], unobserved, candidates, skew = 0 }: NodesFlags,
  { out }: Desk,
): Promise<number> {
  for (const [option, isGiven] of [
    ['--property', property.length > 0],
    ['--html', html !== undefined],
    ['--unobserved', unobserved.length > 0],
    ['--without', without.length > 0],
    ['--candidates', candidates !== undefined],
  ] as const) {
    if (isGiven) throw new InputError(`${option}: not of the logs of several nodes; leave it out`);
  }
  const logs: NodeLog[] = [];
  for (const file of files) logs.push(await readLog(file));
  const verdict = new NodesVerdict(logs, skew);
  out.write(`${json ? printableJson(verdict.json) : verdict.lines}\n`);
  return verdict.word === 'accepted' ? EXIT.accepted : EXIT.violation;
}

async function readLog(file: string): Promise<NodeLog> {
  try {
    return await readNodeLog(file, readLines(file));
  } catch (error) {
    throw error instanceof InputError && !(error instanceof FileError) ? inFile(file, error) : error;
  }
}
