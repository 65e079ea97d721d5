#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import ms, { type StringValue } from 'ms';
import type { TimedStimulus } from './model/alphabet.ts';
import { createScenarioReader, createTraceReader } from './model/format/lines.ts';
import { headerLine, stepLine } from './model/format/write.ts';
import { InputError } from './model/input-error.ts';
import { Judge, type Violation } from './model/judge.ts';
import { SIZES } from './properties/arbitraries/configuration.ts';
import { BrokenScheduler } from './properties/campaign/referee.ts';
import { reportText as campaignText } from './properties/campaign/report.ts';
import { CATALOGUE } from './properties/catalogue.ts';
import { explain, explanationText, listText } from './properties/explain.ts';
import { type FuzzOptions, fuzz } from './properties/fuzz.ts';
import { FileError, inFile, readLines } from './reference-impl/process/files.ts';
import { LineWriter, progressLine, type Streams } from './reference-impl/process/output.ts';
import { findScheduler, SCHEDULERS } from './reference-impl/registry.ts';
import { OPTIONS, type RawOptions, readOptions } from './reference-impl/simulation/options.ts';
import { reportText as simulationText } from './reference-impl/simulation/report.ts';
import { simulate } from './reference-impl/simulation/simulate.ts';

/** What the command line answers with. */
export const EXIT = {
  accepted: 0,
  violation: 1,
  badInput: 2,
  brokenScheduler: 3,
  fault: 70,
  interrupted: 130,
};

/** Runs the command line. @returns its exit code. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  let code = EXIT.accepted;
  const program = declare(streams, (exit) => {
    code = exit;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return explainFailure(error, streams);
  }
}

function explainFailure(error: unknown, { err }: Streams): number {
  // Commander has written its own line by now; help and version are no failures.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.accepted : EXIT.badInput;
  if (error instanceof InputError) {
    err.write(`xx: ${error.message}\n`);
    return EXIT.badInput;
  }
  if (error instanceof BrokenScheduler) {
    err.write(`xx: ${error.message}\n`);
    return EXIT.brokenScheduler;
  }
  err.write(`xx: a fault of xx-spec itself: ${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.fault;
}

function declare(streams: Streams, exit: (code: number) => void): Command {
  const program = new Command('xx')
    .description('The executable specification of XX, a serverless scheduler by price classes.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.out.write(text),
      writeErr: (text) => streams.err.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'xx: ')),
    })
    .showSuggestionAfterError();
  const schedulers = SCHEDULERS.map(({ name, summary }) => `${name} (${summary})`).join(', ');
  const json = () => new Option('--json', 'one JSON object on standard output, and nothing else there');
  const scheduler = () => new Option('--scheduler <name>', `one of ${schedulers}`).default('xx');

  program
    .command('fuzz')
    .description('Runs a campaign of generated scenarios, every step judged.')
    .addOption(scheduler())
    .option('--runs <n>', 'how many runs', wholeNumber(1))
    .option(
      '--budget <time>',
      'how long, such as 30s or 5m; with --runs, whichever is reached first',
      duration,
    )
    .option('--seed <n>', 'seed of everything that is drawn', wholeNumber(0), 1)
    .addOption(
      new Option('--size <size>', 'how large clusters and scenarios are').choices(SIZES).default('medium'),
    )
    .option('--property <id...>', 'only these properties count', [])
    .option('--out <dir>', 'where scenarios that show a violation are written', 'counterexamples/found')
    .addOption(json())
    .action(async (options) => exit(await runFuzz(options, streams)));

  program
    .command('run')
    .description('Plays a scenario (a file of JSON lines, or - for standard input) and prints the trace.')
    .argument('<file>')
    .addOption(scheduler())
    .option('--judge', 'judge every step; the verdict goes to standard error')
    .option('--json', 'as without: a trace is JSON lines')
    .action(async (file, options) => exit(await runScenario(file, options, streams)));

  program
    .command('judge')
    .description('Judges a trace (a file of JSON lines, or - for standard input, while it grows).')
    .argument('<file>')
    .addOption(json())
    .action(async (file, options) => exit(await judgeTrace(file, options, streams)));

  const simulation = program
    .command('simulate')
    .description('Plays a real trace into a scheduler in virtual time, and prints latency by class.')
    .requiredOption(
      '--trace <file>',
      'a trace in the Azure Functions 2021 schema (app,func,end_timestamp,duration)',
    )
    .addOption(scheduler())
    .option('--judge', 'judge every step')
    .addOption(json())
    .action(async (options) => exit(await runSimulation(options, streams)));
  for (const [name, { default: value, help }] of Object.entries(OPTIONS)) {
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    simulation.option(`--${flag} <value>`, help, value);
  }

  program
    .command('explain')
    .description('Explains a rule or a property; without an id, lists them.')
    .argument('[id]')
    .addOption(json())
    .action((id, options) => {
      const explained = id === undefined ? CATALOGUE.map((property) => explain(property.id)) : explain(id);
      const text = Array.isArray(explained) ? listText(explained) : explanationText(explained);
      streams.out.write(`${options.json ? JSON.stringify(explained) : text}\n`);
    });
  return program;
}

async function runFuzz(
  options: { budget?: number; property: string[]; json?: boolean } & Omit<
    FuzzOptions,
    'budgetMs' | 'properties'
  >,
  { out, err }: Streams,
): Promise<number> {
  const { budget, property, json, ...rest } = options;
  if (rest.runs === undefined && budget === undefined) {
    throw new InputError('fuzz: say how much to try, with --runs 5000 or --budget 30s');
  }
  const progress = progressLine(err);
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
  };
  process.once('SIGINT', interrupt);
  const { summary, violations } = await fuzz(
    { ...rest, properties: property, ...(budget === undefined ? {} : { budgetMs: budget }) },
    {
      nowMs: () => performance.now(),
      interrupted: () => interrupted,
      onProgress: ({ runs, steps, elapsedMs, shrinking }) =>
        progress.show(
          shrinking === null
            ? `${runs} runs, ${steps} steps judged, ${Math.round((steps / elapsedMs) * 1000)} steps/s, ${Math.round(elapsedMs / 1000)} s`
            : `run ${runs} violates ${shrinking}: looking for the shortest scenario`,
        ),
    },
  );
  process.removeListener('SIGINT', interrupt);
  progress.clear();
  out.write(`${json ? JSON.stringify(summary) : campaignText(summary, violations)}\n`);
  if (summary.verdict === 'violated') return EXIT.violation;
  if (summary.verdict === 'interrupted') return EXIT.interrupted;
  return summary.verdict === 'untested' ? EXIT.violation : EXIT.accepted;
}

async function runScenario(
  file: string,
  options: { scheduler: string; judge?: boolean },
  { out, err }: Streams,
): Promise<number> {
  const scheduler = findScheduler(options.scheduler).create();
  const reader = createScenarioReader({ acceptTrace: true });
  const writer = new LineWriter(out);
  // A scenario is refused as a whole, so nothing is printed of a file before all of it was played; standard input
  // may be somebody who waits for each answer.
  const held: string[] = [];
  const emit = async (line: string): Promise<void> => {
    if (file !== '-') {
      held.push(line);
      return;
    }
    await writer.line(line);
    await writer.flush();
  };
  let judge: Judge | undefined;
  let violation: Violation | null = null;
  await eachItem(file, reader, async ({ at, stimulus }: TimedStimulus, config) => {
    if (config !== undefined) {
      scheduler.reset(config);
      if (options.judge) judge = new Judge(config);
      await emit(headerLine('xx-trace', config));
    }
    const decisions = scheduler.step(at, stimulus);
    await emit(stepLine({ at, stimulus, decisions }));
    violation ??= judge?.step(at, stimulus, decisions) ?? null;
  });
  if (held.length === 0 && file !== '-') held.push(headerLine('xx-trace', reader.end()));
  for (const line of held) await writer.line(line);
  await writer.flush();
  if (!options.judge) return EXIT.accepted;
  err.write(`${verdictText(judge?.steps ?? 0, violation)}\n`);
  return violation === null ? EXIT.accepted : EXIT.violation;
}

async function judgeTrace(file: string, options: { json?: boolean }, { out }: Streams): Promise<number> {
  let judge: Judge | undefined;
  let violation: Violation | null = null;
  await eachItem(file, createTraceReader(), ({ at, stimulus, decisions }, config) => {
    if (config !== undefined) judge = new Judge(config);
    violation = judge!.step(at, stimulus, decisions);
    return violation === null ? undefined : 'stop';
  });
  const steps = judge?.steps ?? 0;
  out.write(
    `${options.json ? JSON.stringify(verdictJson(steps, violation)) : verdictText(steps, violation)}\n`,
  );
  return violation === null ? EXIT.accepted : EXIT.violation;
}

/**
 * Reads a file item by item. The first item comes with the configuration.
 *
 * @throws InputError that names the file and the line, whoever refused it.
 */
async function eachItem<Item>(
  file: string,
  reader: {
    readonly config: ReturnType<typeof createTraceReader>['config'];
    line(text: string): Item | undefined;
    end(): unknown;
  },
  take: (item: Item, config: typeof reader.config) => unknown,
): Promise<void> {
  let lineNumber = 0;
  let first = true;
  try {
    for await (const text of readLines(file)) {
      lineNumber++;
      const item = reader.line(text);
      if (item === undefined) continue;
      const answer = await take(item, first ? reader.config : undefined);
      first = false;
      if (answer === 'stop') return;
    }
    reader.end();
  } catch (error) {
    if (!(error instanceof InputError) || error instanceof FileError) throw error;
    const placed = /^line \d+/.test(error.message);
    throw inFile(file, placed ? error : new InputError(`line ${lineNumber}: ${error.message}`));
  }
}

function verdictJson(steps: number, violation: Violation | null): object {
  if (violation === null) return { verdict: 'accepted', steps, violation: null };
  const { step, rule, entity, message, allowed } = violation;
  return { verdict: 'refused', steps, violation: { step, rule, entity, message, allowed } };
}

function verdictText(steps: number, violation: Violation | null): string {
  return violation === null ? `accepted: ${steps} steps` : `refused: ${violation.message}`;
}

async function runSimulation(
  options: RawOptions & { trace: string; scheduler: string; judge?: boolean; json?: boolean },
  { out }: Streams,
): Promise<number> {
  const simulationOptions = readOptions(options);
  const schedulers = options.scheduler.split(',').map((name) => findScheduler(name).create());
  const lines: string[] = [];
  for await (const line of readLines(options.trace)) lines.push(line);
  let violated = false;
  const report = inTrace(options.trace, () =>
    simulate({
      trace: { name: options.trace, lines },
      options: simulationOptions,
      schedulers,
      ...(options.judge
        ? {
            inspect: (config) => {
              const judge = new Judge(config);
              let violation: Violation | null = null;
              return {
                step({ at, stimulus, decisions }) {
                  violation ??= judge.step(at, stimulus, decisions);
                  violated ||= violation !== null;
                },
                verdict: () => verdictText(judge.steps, violation),
              };
            },
          }
        : {}),
    }),
  );
  out.write(`${options.json ? JSON.stringify(report) : simulationText(report)}\n`);
  return violated ? EXIT.violation : EXIT.accepted;
}

function inTrace<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof InputError ? inFile(file, error) : error;
  }
}

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${Number.MAX_SAFE_INTEGER}.`);
  };
}

function duration(text: string): number {
  const value = /^[\d.]+ ?[a-z]+$/i.test(text) ? ms(text as StringValue) : undefined;
  if (value !== undefined && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a time with its unit, such as 500ms, 30s or 5m.');
}

/** Whether this module is the program that was started, and not imported by a test. */
function isStarted(): boolean {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url);
}

if (isStarted()) {
  // Whoever reads may have had enough (`xx run … | head`): that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.accepted);
    throw error;
  });
  process.exitCode = await main(process.argv.slice(2), { out: process.stdout, err: process.stderr });
}
