import { Option } from 'commander';
import { InputError } from '../../model/input-error.ts';
import type { InTurns } from '../../model/partial/nodes/in-turns.ts';
import { type NodeLog, readNodeLog } from '../../model/partial/nodes/node-lines.ts';
import { printableJson } from '../../model/printable.ts';
import { FileError, inFile, readLines } from '../../reference-impl/io/files.ts';
import { breathe } from '../breathe.ts';
import { judgingNodes } from '../logs/nodes-verdict.ts';
import { type Desk, duration, EXIT, interruptedCode, interruptible } from './command.ts';
import { type LogFlags, NOTHING_JUDGED } from './judge-log.ts';

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
  return interruptible(async (interrupted, stopped) => {
    const logs: NodeLog[] = [];
    for (const file of files) {
      const log = await readLog(file, stopped);
      if (log === null) {
        out.write(`${json ? printableJson(NOTHING_JUDGED) : 'interrupted: nothing was judged'}\n`);
        return interruptedCode();
      }
      logs.push(log);
    }
    const verdict = await inTurns(judgingNodes(logs, skew), interrupted);
    out.write(`${json ? printableJson(verdict.json) : verdict.lines}\n`);
    if (verdict.word === 'interrupted') return interruptedCode();
    return verdict.word === 'accepted' ? EXIT.accepted : EXIT.violation;
  });
}

/** Does long work, and lets signals have their turn. */
async function inTurns<Result>(work: InTurns<Result>, interrupted: () => boolean): Promise<Result> {
  for (let turn = work.next(true); ; turn = work.next(!interrupted())) {
    if (turn.done === true) return turn.value;
    await breathe();
  }
}

/** Null when a signal came before its end. */
async function readLog(file: string, stopped: AbortSignal): Promise<NodeLog | null> {
  try {
    const log = await readNodeLog(file, readLines(file, { stopped }));
    return stopped.aborted ? null : log;
  } catch (error) {
    // What was read may make no sense without what comes after it.
    if (stopped.aborted && error instanceof InputError) return null;
    throw error instanceof InputError && !(error instanceof FileError) ? inFile(file, error) : error;
  }
}
