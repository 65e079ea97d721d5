import { InputError } from '../../model/input-error.ts';
import { printableJson } from '../../model/printable.ts';
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
import type { Peaks } from '../simulation-page/of-figure.ts';
import { peaksOfDots } from '../simulation-page/of-workload.ts';
import { simulationPage } from '../simulation-page/page.ts';
import { commandOf, parametersOf } from '../simulation-page/parameters.ts';
import { afterVerdict } from './after-verdict.ts';
import { type Desk, EXIT, interruptedCode, interruptible } from './command.ts';
import { plotting } from './plotting.ts';
import { inFolder, pageFile, writeFiles } from './simulate-files.ts';
import type { SimulateOptions } from './simulate-options.ts';
import { type FindPeaks, NO_PEAKS, peaksForPage } from './simulate-page.ts';
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
  const pictures = svg === undefined ? undefined : await plotting();
  const rows: CrowdingRow[] = [];
  const notSimulated: string[] = [];
  let first: SimulationInput | null = null;
  await interruptible(async (interrupted, stopped) => {
    for (const load of loads) {
      const scene = interrupted() ? null : await sceneOf(raw, load, files, stopped);
      const missing = (who: readonly string[]): void => {
        notSimulated.push(...who.map((name) => (load === null ? name : `${name} at load ${load}`)));
      };
      if (scene === null) {
        missing(names);
        continue;
      }
      // New ones for each load: what one remembers of functions must not help it with the next.
      const input = { ...scene, schedulers: names.map((name) => createScheduler(name)) };
      const played = await playEach(input, desk.err, interrupted);
      if (played.broken !== null) throw played.broken;
      // Half a run is no match for whole ones.
      const runs = played.runs.filter((run) => run.interrupted !== true);
      missing(names.slice(runs.length));
      if (runs.length > 0) rows.push(rowOf(input, load, runs));
      first ??= input;
    }
  });
  const isWhole = notSimulated.length === 0;
  const early = isWhole ? {} : { interrupted: { notSimulated } };
  const report: CrowdingReport = { experiment: 'crowding', rows, ...early };
  desk.out.write(`${json ? printableJson(report) : crowdingText(report)}\n`);
  if (rows.length === 0) return interruptedCode();
  const found = await peaksForPage(html, isWhole, peaksOfCrowding(report, first!));
  const code = isWhole && found !== null ? EXIT.accepted : interruptedCode();
  return afterVerdict(code, desk, () => {
    const files = [
      ...inFolder(csv, new Map([['crowding.csv', crowdingCsv(report)]])),
      ...inFolder(svg, new Map([['crowding.svg', pictures?.crowdingSvg(report) ?? '']])),
      ...pageFile(html, () => crowdingPage(report, found ?? NO_PEAKS, raw)),
    ];
    return writeFiles(files, { isWhole, err: desk.err });
  });
}

/** The page of one workload, or of a sweep. */
function crowdingPage(report: CrowdingReport, found: Peaks, raw: SimulateOptions): string {
  const [{ assumed, trace, phases }] = report.rows as [CrowdingRow];
  const isSwept = report.rows.length > 1;
  const loads = isSwept
    ? listed(report.rows.map(({ load }) => String(load)))
    : phases?.map(({ fromMs, load }) => `${load} from ${seconds(fromMs)} on`).join(', ');
  const data = {
    title: crowdingTitle(report),
    command: commandOf('crowding', raw),
    parameters: parametersOf(assumed, trace !== null, loads),
    picture: isSwept ? crowdingLines(report) : null,
    dots: isSwept ? null : crowdingDots(report),
    peaks: found.peaks,
    whyNoReplay: found.whyNoReplay,
    text: crowdingText(report),
  };
  return simulationPage(data, found.replays);
}

const SWEPT =
  'Nothing here leads to a replay: each point is a whole run at another load. The page of a single load, without --sweep, leads to the worst wait of its run.';

/** Where one workload is worst; a sweep has no one run to play. */
function peaksOfCrowding({ rows }: CrowdingReport, input: SimulationInput): FindPeaks {
  const [row] = rows;
  if (row === undefined || rows.length > 1) return async () => ({ ...NO_PEAKS, whyNoReplay: SWEPT });
  const dots = crowdingDots({ experiment: 'crowding', rows });
  const classes = [row.runs[0]!.classes.length - 1, 0];
  return (interrupted) =>
    peaksOfDots(input, row.runs, dots, classes, createScheduler, 'crowding', interrupted);
}

/** A trace is read anew for each load: it may be longer than the memory. Null when that was interrupted. */
async function sceneOf(
  raw: SimulateOptions,
  load: number | null,
  files: readonly string[] | undefined,
  stopped: AbortSignal,
): Promise<CrowdingScene | null> {
  const { scheduler: _, trace: __, sweep: ___, ...options } = raw;
  const withLoad = { ...options, ...(load === null ? {} : { load }) };
  const trace =
    files === undefined ? undefined : await readTraceFiles(files, crowdingScene(withLoad).options, stopped);
  return trace === null ? null : crowdingScene(withLoad, trace);
}

function rowOf(scene: SimulationInput, load: number | null, runs: SimulationRun[]): CrowdingRow {
  const { trace, assumed } = reportOf(scene, runs);
  const { phases = null, untilMs = null } = scene;
  return { load: load ?? assumed.load, trace, assumed, phases, untilMs, runs: bestForTheHighestFirst(runs) };
}
