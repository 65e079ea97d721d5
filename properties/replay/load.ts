import type { Decision } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { readScenario, readTrace } from '../../model/format/lines.ts';
import { InputError } from '../../model/input-error.ts';
import { FileError, nameOf, readLines, statusOf } from '../../reference-impl/io/files.ts';
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
 * Reads counterexamples, scenarios and traces: files, directories with all below them, or `-` for a scenario or trace on
 * standard input. What is none of these is set aside with a reason.
 */
export async function load(
  paths: readonly string[],
): Promise<{ playables: Playable[]; setAside: SetAside[] }> {
  const playables: Playable[] = [];
  const setAside: SetAside[] = [];
  // A pattern such as DIR/*.json takes in the report of the campaign, which lies beside what it found.
  const records = paths.filter((path) => !path.endsWith('.report.json'));
  for (const path of records.length > 0 ? records : paths) {
    try {
      if (path === '-') {
        playables.push({ file: path, ...readPlayable(await textOfStandardInput()) });
        continue;
      }
      const files = isDirectory(path) ? filesBelow(path, isPlayableName) : [path];
      if (files.length > MOST_FILES) {
        throw new FileError(
          `${nameOf(path)}: holds ${files.length} counterexamples and scenarios, and at most ${MOST_FILES} are replayed at once; name directories below it, or some of the files`,
        );
      }
      const found = collect(files, readPlayable);
      playables.push(...found.collected.map(({ file, item }) => ({ file, ...item })));
      setAside.push(...found.setAside);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const named = error instanceof FileError || path !== '-';
      setAside.push({ file: path, reason: named ? error.message : `standard input: ${error.message}` });
    }
  }
  return { playables, setAside };
}

/** What a directory holds is read before it is played; of a campaign there are a few, of a corpus some hundreds. */
const MOST_FILES = 10_000;

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

async function textOfStandardInput(): Promise<string> {
  const lines: string[] = [];
  for await (const line of readLines('-')) lines.push(line);
  return lines.join('\n');
}
