import type { Command } from 'commander';
import type { Decision, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { counted } from '../../model/counted.ts';
import { createScenarioReader } from '../../model/format/lines.ts';
import { headerLine, scenarioText, stepLine } from '../../model/format/write.ts';
import { ImpossibleStimulus, InputError } from '../../model/input-error.ts';
import { printable } from '../../model/printable.ts';
import { wordsOfStimulus } from '../../model/words.ts';
import { askForStep, brokenOn, StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { beginningOf, inFile, readLines, readWhole } from '../../reference-impl/io/files.ts';
import { LineWriter } from '../../reference-impl/io/output.ts';
import type { PropertyId } from '../catalogue.ts';
import { candidateOf, contestantOf } from '../contestants/contestants.ts';
import { NodeLogs } from '../logs/node-logs.ts';
import { leavingOut, partIds } from '../parts.ts';
import { objectionToAnswer } from '../play/answer.ts';
import { propertyIds } from '../property-ids.ts';
import { looksLikeRecord, readRecord } from '../records/record.ts';
import { commandWithoutDirectories } from '../replay/paths.ts';
import { afterVerdict } from './after-verdict.ts';
import {
  addCandidateOptions,
  type CandidateFlags,
  type Desk,
  interruptible,
  propertyOption,
  withoutOption,
} from './command.ts';
import { eachItem, type Lines, type Receiver } from './each-item.ts';
import { codeOf, ofTraces } from './of-traces.ts';
import { htmlOption, refuseInOutput, refusePage, StepsForPage } from './page-option.ts';
import { TraceVerdict } from './trace-verdict.ts';

/** `xx run`: plays a scenario, and prints the trace. */

export function declareRun(program: Command, desk: Desk): void {
  const command = program
    .command('run')
    .argument('<file>', 'a scenario, a trace (its decisions are ignored), or a counterexample');
  addCandidateOptions(command)
    .option('--judge', 'judge every step; the verdict goes to standard error')
    .addOption(propertyOption())
    .addOption(withoutOption())
    .addOption(htmlOption('what was played'))
    .option('--split <dir>', 'also write the log of each shard and machine into a folder (docs/logs.md)')
    .option('--json', 'no effect: a trace is JSON lines anyway')
    .action(async (file, options) => desk.exit(await run(file, options, desk)));
}

/** @throws InputError where paging takes time: nobody could judge the logs of single nodes. */
function refuseInTime({ paging }: Configuration): void {
  if (paging === undefined) return;
  throw new InputError(
    '--split: logs of single nodes are not judged where paging takes time (config.paging), since none tells when a transfer began; leave out --split, or take "paging" out of the configuration',
  );
}

async function run(
  file: string,
  options: CandidateFlags & {
    judge?: boolean;
    property: string[];
    without?: string[];
    html?: string;
    split?: string;
  },
  { out, err }: Desk,
): Promise<number> {
  const properties = ofTraces(propertyIds(options.property));
  const without = partIds(options.without ?? []);
  refusePage(options.html, file);
  refuseInOutput('--html', options.html, 'the trace');
  const page = new StepsForPage(options.html);
  const nodes = options.split === undefined ? null : new NodeLogs(options.split);
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
      if (nodes !== null) refuseInTime(config);
      scheduler.reset(config);
      if (options.judge) verdict = new TraceVerdict(config, properties);
      page.begin(config);
      nodes?.begin(config);
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
      trace.steps = step;
      page.take({ at, stimulus, decisions });
      nodes?.take({ at, stimulus, decisions });
      verdict?.take({ at, stimulus, decisions });
      return undefined;
    },
  };
  let isWhole = false;
  try {
    isWhole = await interruptible((_, stopped) => {
      const lines = scenarioLines(file, stopped);
      return eachItem(file, createScenarioReader({ acceptTrace: true }), player, { stopped, lines });
    });
    if (isWhole) settle?.();
  } catch (error) {
    if (!(error instanceof StoppedWaiting)) throw error;
  } finally {
    close();
  }
  await trace.end();
  const finding = verdict?.finding ?? null;
  if (verdict === undefined && !isWhole) {
    err.write(`interrupted: ${counted(trace.steps, 'step')} played; what follows was not played\n`);
  }
  if (verdict !== undefined) {
    verdict.isInterrupted = !isWhole;
    err.write(`${verdict.lines}\n`);
  }
  const plays = options.exec === undefined ? { plays: options.scheduler } : {};
  const from = { file, scheduler: commandWithoutDirectories(options.exec ?? options.scheduler), ...plays };
  // Unless it is judged, all of it is shown, whatever rules it would break.
  const shown: readonly PropertyId[] = verdict === undefined ? ['possible-decision'] : properties;
  return afterVerdict(codeOf(finding, isWhole), { err }, async () => {
    if (isWhole) nodes?.write();
    await page.write(from, shown, finding, { err });
  });
}

/** The lines of a scenario; of a counterexample (`*.json`), those that its scenario would be written in. */
function scenarioLines(file: string, stopped: AbortSignal): Lines {
  const isRecord = file.endsWith('.json') && looksLikeRecord(beginningOf(file));
  if (!isRecord) return readLines(file, { stopped });
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
  /** How many steps were played. */
  steps = 0;
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
