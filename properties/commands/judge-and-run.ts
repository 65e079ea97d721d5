import type { Command } from 'commander';
import type { Decision, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { createScenarioReader, createTraceReader, type LineReader } from '../../model/format/lines.ts';
import { headerLine, scenarioText, stepLine } from '../../model/format/write.ts';
import { ImpossibleStimulus, InputError } from '../../model/input-error.ts';
import { printable, printableJson } from '../../model/printable.ts';
import { RULE_IDS } from '../../model/rules/rule-set.ts';
import { wordsOfStimulus } from '../../model/words.ts';
import { askForStep, brokenOn } from '../../reference-impl/broken-scheduler.ts';
import { beginningOf, FileError, inFile, readLines, readWhole } from '../../reference-impl/io/files.ts';
import { LineWriter } from '../../reference-impl/io/output.ts';
import type { PropertyId } from '../catalogue.ts';
import { candidateOf, contestantOf } from '../contestants/contestants.ts';
import { leavingOut, partIds } from '../parts.ts';
import { objectionToAnswer } from '../play/answer.ts';
import { OF_TRACES } from '../play/assessor.ts';
import { propertyIds } from '../property-ids.ts';
import { looksLikeRecord, readRecord } from '../records/record.ts';
import { commandWithoutDirectories } from '../replay/paths.ts';
import { shellPath } from '../shell.ts';
import {
  addCandidateOptions,
  type CandidateFlags,
  type Desk,
  EXIT,
  jsonOption,
  propertyOption,
  withoutOption,
} from './command.ts';
import { htmlOption, refusePage, StepsForPage } from './page-option.ts';
import { TraceVerdict } from './trace-verdict.ts';

/** Commands that play scenarios and judge traces. */

export function declareRun(program: Command, desk: Desk): void {
  const command = program
    .command('run')
    .description('Plays a scenario (a file of JSON lines, or - for standard input) and prints the trace.')
    .argument('<file>', 'a scenario, a trace (its decisions are ignored), or a counterexample');
  addCandidateOptions(command)
    .option('--judge', 'judge every step; the verdict goes to standard error')
    .addOption(propertyOption())
    .addOption(withoutOption())
    .addOption(htmlOption('what was played'))
    .option('--json', 'no effect: a trace is JSON lines anyway')
    .action(async (file, options) => desk.exit(await run(file, options, desk)));
}

export function declareJudge(program: Command, desk: Desk): void {
  program
    .command('judge')
    .description('Judges a trace (a file of JSON lines, or - for standard input, while it grows).')
    .argument('<file>')
    .addOption(propertyOption())
    .addOption(withoutOption())
    .addOption(htmlOption('the trace'))
    .addOption(jsonOption())
    .action(async (file, options) => desk.exit(await judge(file, options, desk)));
}

async function run(
  file: string,
  options: CandidateFlags & { judge?: boolean; property: string[]; without?: string[]; html?: string },
  { out, err }: Desk,
): Promise<number> {
  const properties = ofTraces(propertyIds(options.property));
  const without = partIds(options.without ?? []);
  refusePage(options.html, file);
  const page = new StepsForPage(options.html);
  const candidate = candidateOf(options);
  const { scheduler, settle, close } = contestantOf(candidate);
  const isReference = candidate.exec === undefined && candidate.scheduler === 'xx';
  const trace = new TraceWriter(file, new LineWriter(out));
  let verdict: TraceVerdict | undefined;
  let before: readonly Decision[] = [];
  let step = 0;
  /** Whoever refuses what is possible is judged for it; nobody can go on after that. */
  const answerTo = (timed: TimedStimulus): Decision[] | 'refused' => {
    const { at, stimulus } = timed;
    try {
      return askForStep(scheduler, step, at, stimulus);
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
      // The reference is taken at its word.
      if (verdict === undefined && isReference) throw error;
      const words = `step ${step}, ${wordsOfStimulus(stimulus)} at ${at} ms`;
      if (verdict === undefined || properties.length > 0) {
        throw new InputError(
          `${words}: ${printable(scheduler.name)} calls it impossible: ${error.message}${verdict === undefined ? '; --judge says whether it is' : ''}`,
        );
      }
      verdict.takeRefusal(timed, error);
      return 'refused';
    }
  };
  const player: Receiver<TimedStimulus> = {
    async begin(given) {
      const config = leavingOut(given, without);
      scheduler.reset(config);
      if (options.judge) verdict = new TraceVerdict(config, properties);
      page.begin(config);
      await trace.line(headerLine('xx-trace', config));
    },
    async take({ at, stimulus }) {
      step++;
      const decisions = answerTo({ at, stimulus });
      if (decisions === 'refused') return 'stop';
      const objection = objectionToAnswer(decisions, before);
      if (objection !== null) throw brokenOn(scheduler.name, { step, at, stimulus }, objection);
      before = decisions;
      await trace.line(stepLine({ at, stimulus, decisions }));
      page.take({ at, stimulus, decisions });
      verdict?.take({ at, stimulus, decisions });
      return undefined;
    },
  };
  try {
    await eachItem(file, createScenarioReader({ acceptTrace: true }), player, scenarioLines(file));
    settle?.();
    await trace.end();
    const plays = options.exec === undefined ? { plays: options.scheduler } : {};
    page.write(
      { file, scheduler: commandWithoutDirectories(options.exec ?? options.scheduler), ...plays },
      // Unless it is judged, all of it is shown, whatever rules it would break.
      verdict === undefined ? ['possible-decision'] : properties,
      verdict?.finding ?? null,
      { err },
    );
  } finally {
    close();
  }
  if (verdict === undefined) return EXIT.accepted;
  err.write(`${verdict.lines}\n`);
  return verdict.finding === null ? EXIT.accepted : EXIT.violation;
}

/** The lines of a scenario; of a counterexample (`*.json`), those that its scenario would be written in. */
function scenarioLines(file: string): AsyncIterable<string> | Iterable<string> {
  if (!file.endsWith('.json')) return readLines(file);
  if (!looksLikeRecord(beginningOf(file))) return readLines(file);
  const text = readWhole(file);
  try {
    return scenarioText(readRecord(text).scenario).trimEnd().split('\n');
  } catch (error) {
    throw error instanceof InputError ? inFile(file, error) : error;
  }
}

/**
 * A scenario is refused as a whole, so nothing of a file is printed before all of it was played; a program that writes
 * to standard input may be waiting for each answer.
 */
class TraceWriter {
  private readonly held: string[] = [];
  private readonly file: string;
  private readonly writer: LineWriter;

  constructor(file: string, writer: LineWriter) {
    this.file = file;
    this.writer = writer;
  }

  async line(text: string): Promise<void> {
    if (this.file !== '-') {
      this.held.push(text);
      return;
    }
    await this.writer.line(text);
    await this.writer.flush();
  }

  async end(): Promise<void> {
    for (const text of this.held) await this.writer.line(text);
    await this.writer.flush();
  }
}

async function judge(
  file: string,
  {
    json,
    property,
    html,
    without: names = [],
  }: { json?: boolean; property: string[]; html?: string; without?: string[] },
  { out, err }: Desk,
): Promise<number> {
  const properties = ofTraces(propertyIds(property));
  const without = partIds(names);
  refuseRecord(file);
  refusePage(html, file);
  const page = new StepsForPage(html);
  let verdict: TraceVerdict | undefined;
  await eachItem(file, createTraceReader(), {
    begin(given) {
      const config = leavingOut(given, without);
      verdict = new TraceVerdict(config, properties);
      page.begin(config);
    },
    take(step) {
      page.take(step);
      verdict!.take(step);
      return verdict!.finding === null ? undefined : 'stop';
    },
  });
  out.write(`${json ? printableJson(verdict!.json) : verdict!.lines}\n`);
  page.write({ file, scheduler: 'the decisions of the trace' }, properties, verdict!.finding, { err });
  return verdict!.finding === null ? EXIT.accepted : EXIT.violation;
}

/** @throws InputError when a property cannot be judged of a trace alone. */
export function ofTraces(properties: readonly PropertyId[]): readonly PropertyId[] {
  for (const id of properties) {
    if (OF_TRACES.includes(id) || RULE_IDS.some((rule) => rule === id)) continue;
    throw new InputError(
      `--property: ${id} is judged by playing a scheduler again, which is impossible with a trace; judge it with xx fuzz`,
    );
  }
  return properties;
}

/** @throws InputError when the file is a counterexample, in which there are no decisions. */
function refuseRecord(file: string): void {
  if (!file.endsWith('.json') || !looksLikeRecord(beginningOf(file))) return;
  throw inFile(
    file,
    new InputError(
      `is a counterexample, and has no decisions to judge; type npx xx replay ${shellPath(file)}`,
    ),
  );
}

/** The callees that receive what a file holds. */
interface Receiver<Item> {
  begin(config: Configuration): unknown;
  take(item: Item): unknown;
}

/**
 * Reads a file item by item, until its end or until the callee returns `stop`.
 *
 * @throws InputError that names the file and the line, whatever refused it.
 */
export async function eachItem<Item>(
  file: string,
  reader: LineReader<Item>,
  receiver: Receiver<Item>,
  lines: AsyncIterable<string> | Iterable<string> = readLines(file),
): Promise<void> {
  let lineNumber = 0;
  try {
    for await (const text of lines) {
      lineNumber++;
      const begun = reader.config !== undefined;
      const item = reader.line(text);
      try {
        if (!begun && reader.config !== undefined) await receiver.begin(reader.config);
        if (item !== undefined && (await receiver.take(item)) === 'stop') return;
      } catch (error) {
        // The callee does not know which line it is given.
        throw isOfInput(error) ? new InputError(`line ${lineNumber}: ${error.message}`) : error;
      }
    }
    reader.end();
  } catch (error) {
    throw isOfInput(error) ? inFile(file, error) : error;
  }
}

/** Whether an error is about what was read, and does not name the file yet. */
function isOfInput(error: unknown): error is InputError {
  return error instanceof InputError && !(error instanceof FileError);
}
