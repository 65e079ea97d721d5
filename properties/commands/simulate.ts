import { Argument, type Command, Option } from 'commander';
import { printableJson } from '../../model/printable.ts';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { slowdownDots } from '../../reference-impl/simulation/crowding/picture.ts';
import { OPTIONS, readOptions } from '../../reference-impl/simulation/options.ts';
import { classesCsv, reportText } from '../../reference-impl/simulation/report.ts';
import {
  reportOf,
  type SimulationInput,
  type SimulationReport,
} from '../../reference-impl/simulation/simulate.ts';
import { flagOf } from '../../reference-impl/text.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { createOnlooker, type Onlooker } from '../evaluation/onlooker.ts';
import { peaksOfDots } from '../simulation-page/of-workload.ts';
import { simulationPage } from '../simulation-page/page.ts';
import { commandOf, parametersOf } from '../simulation-page/parameters.ts';
import { type Desk, EXIT, interruptedCode, interruptible, jsonOption, schedulerOption } from './command.ts';
import { runCrowding } from './simulate-crowding.ts';
import { runFigure } from './simulate-figure.ts';
import { refuseUnwritableTargets, writeAll } from './simulate-files.ts';
import { refuseIgnored, refuseJudgingNobody, type SimulateOptions } from './simulate-options.ts';
import { playEach, readTraceFiles } from './simulate-play.ts';
import { runTheoryCommand } from './simulate-theory.ts';

export function declareSimulate(program: Command, desk: Desk): void {
  const command = program
    .command('simulate')
    .description('Simulates a generated workload, a real trace, or an experiment of the paper.')
    .addArgument(
      new Argument(
        '[experiment]',
        'of the paper, theory, or crowding, which compares all schedulers; without one a workload is simulated',
      ).choices(['figure-3', 'figure-4', 'theory', 'crowding']),
    )
    .option('--trace <file...>', 'a real trace: a file of the Azure schema of 2021, or the files of 2019')
    .addOption(schedulerOption().default(undefined))
    .option('--preset <name>', "paper-text or paper-code: the paper's cluster and workload")
    .option('--judge', 'judge every step of XX')
    .option(
      '--sweep <parameter>',
      'figures: over load, alpha or swap, such as load=0.7,0.9,1.1; crowding: over load',
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

async function runWorkload(raw: SimulateOptions, { out, err }: Desk): Promise<number> {
  const { trace: files, scheduler = 'xx', preset, judge, json, csv, html } = raw;
  const options = readOptions(raw, preset);
  const benches: Onlooker[] = [];
  const schedulers = scheduler.split(',').map((name) => createScheduler(name));
  refuseJudgingNobody(raw, schedulers);
  const input: SimulationInput = {
    options,
    schedulers,
    ...(files === undefined ? {} : { trace: await readTraceFiles(files, options) }),
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
  };
  const runs = await playEach(input, err);
  if (runs === null) return interruptedCode();
  const report = reportOf(input, runs);
  if (csv !== undefined) writeAll(csv, new Map([['classes.csv', classesCsv(report)]]));
  if (html !== undefined) {
    const page = await workloadPage(input, report, raw);
    if (page === null) return interruptedCode();
    writeWhole(html, page);
  }
  out.write(`${json ? printableJson(report) : reportText(report)}\n`);
  return benches.some(({ violation }) => violation !== null) ? EXIT.violation : EXIT.accepted;
}

/** The page of a workload; null when it is interrupted. */
async function workloadPage(
  input: SimulationInput,
  report: SimulationReport,
  raw: SimulateOptions,
): Promise<string | null> {
  const { trace, assumed, runs } = report;
  const title = trace === null ? 'A drawn workload' : trace.name;
  const classes = runs[0]!.classes.flatMap(({ count }, index) => (count === 0 ? [] : [index])).reverse();
  const dots = slowdownDots(title, runs, classes);
  const found = await interruptible((interrupted) =>
    peaksOfDots(input, runs, dots, classes, createScheduler, title, interrupted),
  );
  if (found === null) return null;
  const data = {
    title,
    command: commandOf(null, raw),
    parameters: parametersOf(assumed, trace !== null),
    ...{ picture: null, dots, peaks: found.peaks },
    text: reportText(report),
  };
  return simulationPage(data, found.replays);
}
