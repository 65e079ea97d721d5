import { printableJson } from '../../model/printable.ts';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { findScheduler } from '../../reference-impl/schedulers/registry.ts';
import type { SceneRun } from '../../reference-impl/simulation/figures/play-scene.ts';
import type { FigureName, Scene } from '../../reference-impl/simulation/figures/scene.ts';
import { readScene } from '../../reference-impl/simulation/figures/scene-options.ts';
import { summaryText, sweepText } from '../../reference-impl/simulation/figures/summary.ts';
import { readSweep, type Sweep, withValue } from '../../reference-impl/simulation/figures/sweep.ts';
import { csvOf, sweepCsv } from '../../reference-impl/simulation/figures/tables.ts';
import { htmlPage } from '../../reference-impl/simulation/page.ts';
import { playAll } from '../evaluation/play-all.ts';
import { type Desk, EXIT, interruptible } from './command.ts';
import { plotting } from './plotting.ts';
import { writeAll } from './simulate-files.ts';
import { refuseJudgingNobody, type SimulateOptions } from './simulate-options.ts';

/** `xx simulate figure-3` and `figure-4`: an experiment of the paper, or a sweep over one of its parameters. */
export async function runFigure(figure: FigureName, raw: SimulateOptions, desk: Desk): Promise<number> {
  const scene = readScene(figure, raw);
  const schedulers = (raw.scheduler ?? (figure === 'figure-3' ? 'xx,hermod' : 'xx')).split(',');
  refuseJudgingNobody(
    raw,
    schedulers.map((name) => findScheduler(name).create()),
  );
  if (raw.svg !== undefined || raw.html !== undefined) await plotting();
  const sweep = raw.sweep === undefined ? undefined : readSweep(raw.sweep);
  const scenes =
    sweep === undefined ? [scene] : sweep.values.map((value) => withValue(scene, sweep.name, value));
  const line = progressLine(desk.err);
  const runs = await interruptible(
    () => playAll(scenes, schedulers, raw.judge === true, (done, of) => line.show(`${done} of ${of} played`)),
    { atOnce: true },
  );
  line.clear();
  await write(scene, sweep, runs, raw);
  const flat = runs.flat();
  const text = sweep === undefined ? summaryText(scene, flat) : sweepText(scene, sweep, runs);
  desk.out.write(`${raw.json ? printableJson(jsonOf(scene, sweep, runs)) : text}\n`);
  const isRefused = flat.some(({ verdict }) => verdict?.includes('refused') === true);
  return isRefused ? EXIT.violation : EXIT.accepted;
}

async function write(
  scene: Scene,
  sweep: Sweep | undefined,
  runs: readonly (readonly SceneRun[])[],
  { csv, svg, html }: SimulateOptions,
): Promise<void> {
  if (csv !== undefined) {
    writeAll(csv, sweep === undefined ? csvOf(scene, runs.flat()) : sweepCsv(scene, sweep, runs));
  }
  if (svg === undefined && html === undefined) return;
  const { pictureOf, sweepPicture } = await import('../../reference-impl/simulation/figures/pictures.ts');
  const { renderSvg } = await plotting();
  const picture = sweep === undefined ? pictureOf(scene, runs.flat()) : sweepPicture(scene, sweep, runs);
  const drawn = renderSvg(picture);
  const name = sweep === undefined ? scene.figure : `${scene.figure}-by-${sweep.name}`;
  if (svg !== undefined) writeAll(svg, new Map([[`${name}.svg`, drawn]]));
  if (html !== undefined) {
    const text = sweep === undefined ? summaryText(scene, runs.flat()) : sweepText(scene, sweep, runs);
    writeWhole(html, htmlPage({ title: picture.title, svgs: [drawn], text }));
  }
}

function jsonOf(scene: Scene, sweep: Sweep | undefined, runs: readonly (readonly SceneRun[])[]): object {
  const { figure, preset } = scene;
  if (sweep === undefined) return { figure, preset, scene, runs: runs.flat() };
  return {
    figure,
    preset,
    scene,
    sweep,
    runs: runs.flatMap((ofValue, index) =>
      ofValue.map(({ ticks: _, ...run }) => ({ [sweep.name]: sweep.values[index], ...run })),
    ),
  };
}
