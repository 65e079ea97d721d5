import { InputError } from '../../model/input-error.ts';
import { printableJson } from '../../model/printable.ts';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { COMPARED } from '../../reference-impl/schedulers/registry.ts';
import { crowdingDots, crowdingLines } from '../../reference-impl/simulation/crowding/picture.ts';
import {
  bestForTheHighestFirst,
  type CrowdingReport,
  type CrowdingRow,
  crowdingCsv,
  crowdingText,
  crowdingTitle,
} from '../../reference-impl/simulation/crowding/report.ts';
import { type CrowdingScene, crowdingScene } from '../../reference-impl/simulation/crowding/scene.ts';
import { readSweep } from '../../reference-impl/simulation/figures/sweep.ts';
import {
  reportOf,
  type SimulationInput,
  type SimulationRun,
} from '../../reference-impl/simulation/simulate.ts';
import { listed, seconds } from '../../reference-impl/simulation/text.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { peaksOfDots } from '../simulation-page/of-workload.ts';
import { simulationPage } from '../simulation-page/page.ts';
import { commandOf, parametersOf } from '../simulation-page/parameters.ts';
import { type Desk, EXIT, interruptedCode, interruptible } from './command.ts';
import { plotting } from './plotting.ts';
import { writeAll } from './simulate-files.ts';
import type { SimulateOptions } from './simulate-options.ts';
import { playEach, readTraceFiles } from './simulate-play.ts';

/** `xx simulate crowding`: the paper's burst, a load, several loads or a trace, and what every scheduler makes of it. */
export async function runCrowding(raw: SimulateOptions, desk: Desk): Promise<number> {
  const { trace: files, sweep, csv, svg, html, json } = raw;
  const names = raw.scheduler?.split(',') ?? COMPARED;
  const swept = sweep === undefined ? undefined : readSweep(sweep);
  if (swept !== undefined && swept.name !== 'load') {
    throw new InputError(`--sweep: crowding is swept over load only, got ${swept.name}`);
  }
  const loads = swept?.values ?? [null];
  if (svg !== undefined) await plotting();
  const rows: CrowdingRow[] = [];
  const inputs: SimulationInput[] = [];
  for (const load of loads) {
    const scene = await sceneOf(raw, load, files);
    // New ones for each load: what one remembers of functions must not help it with the next.
    const input = { ...scene, schedulers: names.map((name) => createScheduler(name)) };
    const runs = await playEach(input, desk.err);
    if (runs === null) return interruptedCode();
    rows.push(rowOf(input, load, runs));
    inputs.push(input);
  }
  const report: CrowdingReport = { experiment: 'crowding', rows };
  if (csv !== undefined) writeAll(csv, new Map([['crowding.csv', crowdingCsv(report)]]));
  if (svg !== undefined) {
    const { crowdingSvg } = await plotting();
    writeAll(svg, new Map([['crowding.svg', crowdingSvg(report)]]));
  }
  if (html !== undefined) {
    const page = await crowdingPage(report, inputs[0]!, raw);
    if (page === null) return interruptedCode();
    writeWhole(html, page);
  }
  desk.out.write(`${json ? printableJson(report) : crowdingText(report)}\n`);
  return EXIT.accepted;
}

/** The page of one workload, or of a sweep; null when it is interrupted. */
async function crowdingPage(
  report: CrowdingReport,
  input: SimulationInput,
  raw: SimulateOptions,
): Promise<string | null> {
  const [{ runs, assumed, trace, phases }] = report.rows as [CrowdingRow];
  const isSwept = report.rows.length > 1;
  const dots = isSwept ? null : crowdingDots(report);
  const found =
    dots === null
      ? { peaks: [], replays: [] }
      : await interruptible((interrupted) => {
          const classes = [runs[0]!.classes.length - 1, 0];
          return peaksOfDots(input, runs, dots, classes, createScheduler, 'crowding', interrupted);
        });
  if (found === null) return null;
  const loads = isSwept
    ? listed(report.rows.map(({ load }) => String(load)))
    : phases?.map(({ fromMs, load }) => `${load} from ${seconds(fromMs)} on`).join(', ');
  const data = {
    title: crowdingTitle(report),
    command: commandOf('crowding', raw),
    parameters: parametersOf(assumed, trace !== null, loads),
    ...{ picture: isSwept ? crowdingLines(report) : null, dots, peaks: found.peaks },
    text: crowdingText(report),
  };
  return simulationPage(data, found.replays);
}

/** A trace is read anew for each load: it may be longer than the memory. */
async function sceneOf(
  raw: SimulateOptions,
  load: number | null,
  files: readonly string[] | undefined,
): Promise<CrowdingScene> {
  const { scheduler: _, trace: __, sweep: ___, ...options } = raw;
  const withLoad = { ...options, ...(load === null ? {} : { load }) };
  const trace =
    files === undefined ? undefined : await readTraceFiles(files, crowdingScene(withLoad).options);
  return crowdingScene(withLoad, trace);
}

function rowOf(scene: SimulationInput, load: number | null, runs: SimulationRun[]): CrowdingRow {
  const { trace, assumed } = reportOf(scene, runs);
  const { phases = null, untilMs = null } = scene;
  return { load: load ?? assumed.load, trace, assumed, phases, untilMs, runs: bestForTheHighestFirst(runs) };
}
