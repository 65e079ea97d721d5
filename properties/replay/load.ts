import { lstatSync } from 'node:fs';
import type { Scenario } from '../../model/configuration.ts';
import { readScenario } from '../../model/format/lines.ts';
import { FileError, readLines } from '../../reference-impl/io/files.ts';
import { collect, filesBelow, isRecordName, type SetAside } from '../records/collect.ts';
import { type CounterexampleRecord, looksLikeRecord, readRecord } from '../records/record.ts';

/** Something to be played again. */
export interface Playable {
  readonly file: string;
  readonly scenario: Scenario;
  /** What was recorded of it; null for a mere scenario or trace. */
  readonly record: CounterexampleRecord | null;
}

/**
 * Reads counterexamples, scenarios and traces: files, directories with all below them, or `-` for a scenario on
 * standard input. What is none of these is set aside with a reason.
 */
export async function load(
  paths: readonly string[],
): Promise<{ playables: Playable[]; setAside: SetAside[] }> {
  const playables: Playable[] = [];
  const setAside: SetAside[] = [];
  for (const path of paths) {
    try {
      if (path === '-') {
        playables.push({ file: path, ...readPlayable(await textOfStandardInput()) });
        continue;
      }
      const found = collect(isDirectory(path) ? filesBelow(path, isPlayableName) : [path], readPlayable);
      playables.push(...found.collected.map(({ file, item }) => ({ file, ...item })));
      setAside.push(...found.setAside);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      setAside.push({ file: path, reason: error.message });
    }
  }
  return { playables, setAside };
}

/** A record, or a scenario in JSON lines; a trace will do, without its decisions. @throws InputError for others. */
export function readPlayable(text: string): Omit<Playable, 'file'> {
  if (looksLikeRecord(text) || isOneValueOfManyLines(text)) {
    const record = readRecord(text);
    return { scenario: record.scenario, record };
  }
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return { scenario: readScenario(lines, { acceptTrace: true }), record: null };
}

/** JSON lines are a value a line: what is one value all in all would be a record, if anything. */
function isOneValueOfManyLines(text: string): boolean {
  if (!text.trim().includes('\n')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isPlayableName(name: string): boolean {
  return isRecordName(name) || name.endsWith('.scenario.jsonl');
}

function isDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

async function textOfStandardInput(): Promise<string> {
  const lines: string[] = [];
  for await (const line of readLines('-')) lines.push(line);
  return lines.join('\n');
}
