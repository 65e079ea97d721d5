import { InputError } from '../../model/input-error.ts';
import { printableJson } from '../../model/printable.ts';
import { COMPARED } from '../../reference-impl/schedulers/registry.ts';
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
import { htmlPage } from '../../reference-impl/simulation/page.ts';
import {
  reportOf,
  type SimulationInput,
  type SimulationRun,
} from '../../reference-impl/simulation/simulate.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { afterVerdict } from './after-verdict.ts';
import { type Desk, EXIT, interruptedCode, interruptible } from './command.ts';
import { plotting } from './plotting.ts';
import { inFolder, pageFile, writeFiles } from './simulate-files.ts';
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
  const pictures = svg === undefined && html === undefined ? undefined : await plotting();
  const rows: CrowdingRow[] = [];
  const notSimulated: string[] = [];
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
      const schedulers = names.map((name) => createScheduler(name));
      const played = await playEach({ ...scene, schedulers }, desk.err, interrupted);
      // Half a run is no match for whole ones.
      const runs = played.runs.filter((run) => run.interrupted !== true);
      missing(names.slice(runs.length));
      if (runs.length > 0) rows.push(rowOf({ ...scene, schedulers }, load, runs));
    }
  });
  const isWhole = notSimulated.length === 0;
  const early = isWhole ? {} : { interrupted: { notSimulated } };
  const report: CrowdingReport = { experiment: 'crowding', rows, ...early };
  desk.out.write(`${json ? printableJson(report) : crowdingText(report)}\n`);
  return afterVerdict(isWhole ? EXIT.accepted : interruptedCode(), desk, () => {
    if (rows.length === 0) return;
    const drawn = pictures?.crowdingSvg(report) ?? '';
    const page = (): string =>
      htmlPage({ title: crowdingTitle(report), svgs: [drawn], text: crowdingText(report) });
    const files = [
      ...inFolder(csv, new Map([['crowding.csv', crowdingCsv(report)]])),
      ...inFolder(svg, new Map([['crowding.svg', drawn]])),
      ...pageFile(html, page),
    ];
    writeFiles(files, { isWhole, err: desk.err });
  });
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
