import { Argument, type Command, Option } from 'commander';
import type { PartId } from '../../model/alphabet.ts';
import { withImplied } from '../../model/parts.ts';
import { printable, printableJson } from '../../model/printable.ts';
import { LacksParts } from '../../reference-impl/exec/lacks-parts.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { slowdownDots } from '../../reference-impl/simulation/crowding/picture.ts';
import { refuseWithoutPaging } from '../../reference-impl/simulation/disk.ts';
import type { Dots } from '../../reference-impl/simulation/figures/picture.ts';
import { OPTIONS, readOptions } from '../../reference-impl/simulation/options.ts';
import { classesCsv, interruptedText, reportText } from '../../reference-impl/simulation/report.ts';
import {
  reportOf,
  type SimulationInput,
  type SimulationReport,
} from '../../reference-impl/simulation/simulate.ts';
import type { RealTrace } from '../../reference-impl/simulation/traces/real-trace.ts';
import { flagOf } from '../../reference-impl/text.ts';
import { candidateOf, contestantOf } from '../contestants/contestants.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { createOnlooker, type Onlooker } from '../evaluation/onlooker.ts';
import { notTriedText, partIds } from '../parts.ts';
import type { Peaks } from '../simulation-page/of-figure.ts';
import { peaksOfDots } from '../simulation-page/of-workload.ts';
import { simulationPage } from '../simulation-page/page.ts';
import { commandOf, parametersOf } from '../simulation-page/parameters.ts';
import { wrapped } from '../text.ts';
import { afterVerdict } from './after-verdict.ts';
import {
  type Desk,
  duration,
  EXIT,
  interruptedCode,
  interruptible,
  jsonOption,
  schedulerOption,
  withoutOption,
} from './command.ts';
import { refuseInOutput, refusePage } from './page-option.ts';
import { runCrowding } from './simulate-crowding.ts';
import { runFigure } from './simulate-figure.ts';
import { inFolder, pageFile, refuseUnwritableTargets, writeFiles } from './simulate-files.ts';
import { refuseIgnored, refuseJudgingNobody, type SimulateOptions } from './simulate-options.ts';
import { type FindPeaks, NO_PEAKS, peaksForPage } from './simulate-page.ts';
import { simulatedWithout } from './simulate-parts.ts';
import { playEach, readTraceFiles } from './simulate-play.ts';
import { runTheoryCommand } from './simulate-theory.ts';

export function declareSimulate(program: Command, desk: Desk): void {
  const command = program
    .command('simulate')
    .addArgument(
      new Argument(
        '[experiment]',
        'of the paper, theory, or crowding, which compares all schedulers; without one a workload is simulated',
      ).choices(['figure-3', 'figure-4', 'theory', 'crowding']),
    )
    .option('--trace <file...>', 'a real trace: a file of the Azure schema of 2021, or the files of 2019')
    .addOption(schedulerOption().default(undefined))
    .option(
      '--exec <command>',
      'a scheduler of your own beside those of --scheduler: a process that speaks JSON lines (docs/protocol.md)',
    )
    .option('--exec-timeout <time>', 'how long one answer may take (default: 10s)', duration)
    .option(
      '--exec-start-timeout <time>',
      'how long starting and the first answer may take (default: 30s)',
      duration,
    )
    .addOption(withoutOption())
    .option('--preset <name>', "paper-text or paper-code: the paper's cluster and workload")
    .option('--judge', 'judge every step of XX')
    .option(
      '--sweep <parameter>',
      'figures: over load, alpha, swap or bandwidth, such as load=0.7,0.9,1.1; crowding: over load',
    )
    .option('--runs <n>', 'figures: runs that are pooled, each from the next seed')
    .option('--law <name>', 'theory: one law only, with your own --load, --classes, --runtime and --cores')
    .option('--replications <n>', 'theory: independent runs of each setting (default: 20)')
    .option('--csv <dir>', 'write the results as CSV into this folder')
    .option('--svg <dir>', 'figures, crowding: write plots as SVG into this folder')
    .option('--html <file>', 'write a web page with live charts, and replays of their peaks')
    .addOption(jsonOption())
    .action(async (experiment: string | undefined, options: SimulateOptions) => {
      desk.exit(await dispatch(experiment, options, desk));
    });
  for (const [name, { default: value, help }] of Object.entries(OPTIONS)) {
    // The defaults are not commander's, since a preset or a figure has others.
    const text = value === '' ? help : `${help} (default: ${value})`;
    command.addOption(new Option(`${flagOf(name)} <value>`, text));
  }
}

async function dispatch(
  experiment: string | undefined,
  options: SimulateOptions,
  desk: Desk,
): Promise<number> {
  refuseIgnored(experiment, options);
  refuseUnwritableTargets(options);
  for (const file of options.trace ?? []) refusePage(options.html, file);
  if (options.json) refuseInOutput('--html', options.html);
  switch (experiment) {
    case 'crowding':
      return runCrowding(options, desk);
    case 'theory':
      return runTheoryCommand(options, desk);
    case 'figure-3':
    case 'figure-4':
      return runFigure(experiment, options, desk);
    default:
      return runWorkload(options, desk);
  }
}

async function runWorkload(raw: SimulateOptions, desk: Desk): Promise<number> {
  const { scheduler = 'xx', exec, execTimeout, execStartTimeout } = raw;
  const process =
    exec === undefined
      ? null
      : contestantOf(
          candidateOf({
            ...{ scheduler: exec, exec },
            ...(execTimeout === undefined ? {} : { execTimeout }),
            ...(execStartTimeout === undefined ? {} : { execStartTimeout }),
          }),
        );
  try {
    const named = scheduler.split(',').map((name) => createScheduler(name));
    const schedulers = process === null ? named : [...named, process.scheduler];
    const without = partIds(raw.without ?? []);
    return await simulated(raw, schedulers, without, desk).catch((error: unknown) => {
      if (!(error instanceof LacksParts)) throw error;
      const all = withImplied([...without, ...error.parts]);
      desk.err.write(
        `xx: ${printable(exec!)} is without ${error.parts.join(', ')}: everybody plays without\n`,
      );
      return simulated(raw, schedulers, all, desk);
    });
  } finally {
    process?.close();
  }
}

async function simulated(
  raw: SimulateOptions,
  schedulers: readonly Scheduler[],
  without: readonly PartId[],
  { out, err }: Desk,
): Promise<number> {
  const { trace: files, preset, judge, json, csv, html } = raw;
  const options = simulatedWithout(readOptions(raw, preset), without, raw);
  const benches: Onlooker[] = [];
  refuseJudgingNobody(raw, schedulers);
  refuseWithoutPaging(schedulers, options.disk);
  const inputOf = (trace: RealTrace | undefined): SimulationInput => ({
    options,
    schedulers,
    ...(trace === undefined ? {} : { trace }),
    ...(judge
      ? {
          // What shares cores breaks the rules of XX by design, and is not judged by them.
          inspect(config, { cores }) {
            if (cores === 'shared') return undefined;
            const bench = createOnlooker(config);
            benches.push(bench);
            return bench;
          },
        }
      : {}),
  });
  const played = await interruptible(async (interrupted, stopped) => {
    const trace = files === undefined ? undefined : await readTraceFiles(files, options, stopped);
    if (trace === null) return null;
    const input = inputOf(trace);
    return { input, ...(await playEach(input, err, interrupted)) };
  });
  if (played === null) {
    const nothing = { notSimulated: schedulers.map(({ name }) => name) };
    const report: SimulationReport = { trace: null, assumed: options, runs: [], interrupted: nothing };
    out.write(`${json ? printableJson(report) : interruptedText(nothing)}\n`);
    return interruptedCode();
  }
  const { input, runs, notSimulated, broken } = played;
  if (broken !== null) {
    const report = { ...reportOf(input, runs), interrupted: { notSimulated }, broken: broken.message };
    if (json || runs.length > 0) out.write(`${json ? printableJson(report) : reportText(report)}\n`);
    throw broken;
  }
  const isWhole = notSimulated.length === 0 && !runs.some(({ interrupted }) => interrupted);
  const report = { ...reportOf(input, runs), ...(isWhole ? {} : { interrupted: { notSimulated } }) };
  const notTried = notTriedText(without);
  const text =
    notTried === null ? reportText(report) : `${reportText(report)}\n\n${wrapped(notTried).join('\n')}`;
  out.write(`${json ? printableJson(report) : text}\n`);
  const isRefused = benches.some(({ violation }) => violation !== null);
  const found = await peaksForPage(html, isWhole, peaksOfWorkload(input, report));
  const code = isWhole && found !== null ? EXIT.accepted : interruptedCode();
  return afterVerdict(isRefused ? EXIT.violation : code, { err }, () => {
    const files = [
      ...inFolder(csv, new Map([['classes.csv', classesCsv(report)]])),
      ...pageFile(html, () => workloadPage(report, found ?? NO_PEAKS, raw)),
    ];
    return writeFiles(files, { isWhole, err });
  });
}

function dotsOf(report: SimulationReport): { dots: Dots; classes: number[] } {
  const { runs } = report;
  const classes = runs[0]!.classes.flatMap(({ count }, index) => (count === 0 ? [] : [index])).reverse();
  return { dots: slowdownDots(titleOf(report), runs, classes), classes };
}

function titleOf({ trace }: SimulationReport): string {
  return trace === null ? 'A drawn workload' : trace.name;
}

function peaksOfWorkload(input: SimulationInput, report: SimulationReport): FindPeaks {
  return (interrupted) => {
    const { dots, classes } = dotsOf(report);
    return peaksOfDots(input, report.runs, dots, classes, createScheduler, titleOf(report), interrupted);
  };
}

/** The page of a workload. */
function workloadPage(report: SimulationReport, found: Peaks, raw: SimulateOptions): string {
  const { trace, assumed, runs } = report;
  const data = {
    title: titleOf(report),
    command: commandOf(null, raw),
    parameters: parametersOf(assumed, trace !== null),
    ...{ picture: null, dots: runs.length === 0 ? null : dotsOf(report).dots, peaks: found.peaks },
    whyNoReplay: found.whyNoReplay,
    text: reportText(report),
  };
  return simulationPage(data, found.replays);
}
