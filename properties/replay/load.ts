import type { Decision } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { readScenario, readTrace } from '../../model/format/lines.ts';
import { InputError } from '../../model/input-error.ts';
import { inFile, readLines, statusOf } from '../../reference-impl/io/files.ts';
import { collect, filesBelow, isRecordName, type SetAside } from '../records/collect.ts';
import { type CounterexampleRecord, looksLikeRecord, readRecord } from '../records/record.ts';

/** Something to be played again. */
export interface Playable {
  readonly file: string;
  readonly scenario: Scenario;
  /** What was recorded of it; null for a mere scenario or trace. */
  readonly record: CounterexampleRecord | null;
  /** Of a trace, what was decided in each step. */
  readonly decisions?: readonly (readonly Decision[])[];
}

/**
 * What the command line names, one after the other and unread: files, of directories all below them, and `-` for standard
 * input; or why a directory cannot be read.
 */
export function* filesToReplay(paths: readonly string[]): Generator<string | SetAside> {
  // A pattern such as DIR/*.json takes in the report of the campaign, which lies beside what it found.
  const records = paths.filter((path) => !path.endsWith('.report.json'));
  for (const path of records.length > 0 ? records : paths) {
    try {
      if (path !== '-' && isDirectory(path)) yield* filesBelow(path, isPlayableName);
      else yield path;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      yield { file: path, reason: error.message };
    }
  }
}

/**
 * Reads a counterexample, a scenario or a trace, from a file or from standard input. What is none of these is set aside with
 * a reason.
 *
 * @returns null when it was stopped while it waited for standard input.
 */
export async function load(file: string, stopped?: AbortSignal): Promise<Playable | SetAside | null> {
  if (file !== '-') {
    const { collected, setAside } = collect([file], readPlayable);
    return setAside[0] ?? { file, ...collected[0]!.item };
  }
  try {
    const text = await textOfStandardInput(stopped);
    return stopped?.aborted ? null : { file, ...readPlayable(text) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { file, reason: inFile(file, error).message };
  }
}

/** A record, a scenario or a trace, in JSON lines. @throws InputError for others, and where nothing happens. */
export function readPlayable(text: string): Omit<Playable, 'file'> {
  if (looksLikeRecord(text) || isOneValueOfManyLines(text)) {
    const record = readRecord(text);
    return { scenario: record.scenario, record };
  }
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (looksLikeTrace(text)) {
    const { config, steps } = readTrace(lines);
    const stimuli = steps.map(({ at, stimulus }) => ({ at, stimulus }));
    return {
      scenario: { config, stimuli },
      record: null,
      decisions: steps.map(({ decisions }) => decisions),
    };
  }
  const scenario = readScenario(lines, { acceptTrace: true });
  return { scenario, record: null };
}

/** Whether a text means to be a trace: a quick look, before it is read in earnest. */
function looksLikeTrace(text: string): boolean {
  return /^\s*\{[^\n]*"format"\s*:\s*"xx-trace"/.test(text);
}

/** JSON lines have one value a line: a text that is one single value can only be a record. */
function isOneValueOfManyLines(text: string): boolean {
  if (!text.trim().includes('\n')) return false;
  // A second line that begins like this means JSON lines, and a long file need not be read twice.
  if (/^[^\n]*\}\s*\n\{"at"/.test(text)) return false;
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
  return statusOf(path)?.isDirectory() ?? false;
}

async function textOfStandardInput(stopped: AbortSignal | undefined): Promise<string> {
  const lines: string[] = [];
  for await (const line of readLines('-', { stopped })) lines.push(line);
  return lines.join('\n');
}
