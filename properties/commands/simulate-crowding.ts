import { InputError } from '../../model/input-error.ts';
import { printableJson } from '../../model/printable.ts';
import { writeWhole } from '../../reference-impl/io/files.ts';
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
import { type Desk, EXIT, interruptedCode } from './command.ts';
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
  const pictures = svg === undefined && html === undefined ? undefined : await plotting();
  const rows: CrowdingRow[] = [];
  for (const load of loads) {
    const scene = await sceneOf(raw, load, files);
    // New ones for each load: what one remembers of functions must not help it with the next.
    const schedulers = names.map((name) => createScheduler(name));
    const runs = await playEach({ ...scene, schedulers }, desk.err);
    if (runs === null) return interruptedCode();
    rows.push(rowOf({ ...scene, schedulers }, load, runs));
  }
  const report: CrowdingReport = { experiment: 'crowding', rows };
  if (csv !== undefined) writeAll(csv, new Map([['crowding.csv', crowdingCsv(report)]]));
  if (pictures !== undefined) {
    const drawn = pictures.crowdingSvg(report);
    if (svg !== undefined) writeAll(svg, new Map([['crowding.svg', drawn]]));
    if (html !== undefined) {
      writeWhole(html, htmlPage({ title: crowdingTitle(report), svgs: [drawn], text: crowdingText(report) }));
    }
  }
  desk.out.write(`${json ? printableJson(report) : crowdingText(report)}\n`);
  return EXIT.accepted;
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
