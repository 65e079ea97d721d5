import { printableJson } from '../../model/printable.ts';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { findScheduler } from '../../reference-impl/schedulers/registry.ts';
import { pictureOf, sweepPicture } from '../../reference-impl/simulation/figures/pictures.ts';
import type { SceneRun } from '../../reference-impl/simulation/figures/play-scene.ts';
import type { FigureName, Scene } from '../../reference-impl/simulation/figures/scene.ts';
import { readScene } from '../../reference-impl/simulation/figures/scene-options.ts';
import { summaryText, sweepText } from '../../reference-impl/simulation/figures/summary.ts';
import { readSweep, type Sweep, withValue } from '../../reference-impl/simulation/figures/sweep.ts';
import { csvOf, sweepCsv } from '../../reference-impl/simulation/figures/tables.ts';
import { playAll } from '../evaluation/play-all.ts';
import { peaksOfFigure, peaksOfSweep } from '../simulation-page/of-figure.ts';
import { simulationPage } from '../simulation-page/page.ts';
import { commandOf, parametersOfScene } from '../simulation-page/parameters.ts';
import { type Desk, EXIT, interruptedCode, interruptible } from './command.ts';
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
  if (raw.svg !== undefined) await plotting();
  const sweep = raw.sweep === undefined ? undefined : readSweep(raw.sweep);
  const scenes =
    sweep === undefined ? [scene] : sweep.values.map((value) => withValue(scene, sweep.name, value));
  const line = progressLine(desk.err);
  const runs = await interruptible(
    () => playAll(scenes, schedulers, raw.judge === true, (done, of) => line.show(`${done} of ${of} played`)),
    { atOnce: true },
  );
  line.clear();
  if (!(await write(scene, sweep, runs, raw))) return interruptedCode();
  const flat = runs.flat();
  const text = sweep === undefined ? summaryText(scene, flat) : sweepText(scene, sweep, runs);
  desk.out.write(`${raw.json ? printableJson(jsonOf(scene, sweep, runs)) : text}\n`);
  const isRefused = flat.some(({ verdict }) => verdict?.includes('refused') === true);
  return isRefused ? EXIT.violation : EXIT.accepted;
}

/** Writes what is asked for. @returns false when it was interrupted. */
async function write(
  scene: Scene,
  sweep: Sweep | undefined,
  runs: readonly (readonly SceneRun[])[],
  raw: SimulateOptions,
): Promise<boolean> {
  const { csv, svg, html } = raw;
  if (csv !== undefined) {
    writeAll(csv, sweep === undefined ? csvOf(scene, runs.flat()) : sweepCsv(scene, sweep, runs));
  }
  if (svg === undefined && html === undefined) return true;
  const picture = sweep === undefined ? pictureOf(scene, runs.flat()) : sweepPicture(scene, sweep, runs);
  const name = sweep === undefined ? scene.figure : `${scene.figure}-by-${sweep.name}`;
  if (svg !== undefined) {
    const { renderSvg } = await plotting();
    writeAll(svg, new Map([[`${name}.svg`, renderSvg(picture)]]));
  }
  if (html === undefined) return true;
  const found = await interruptible((interrupted) =>
    sweep === undefined
      ? peaksOfFigure(scene, picture, interrupted)
      : peaksOfSweep(scene, sweep, runs, picture, interrupted),
  );
  if (found === null) return false;
  const data = {
    title: picture.title,
    command: commandOf(scene.figure, raw),
    parameters: parametersOfScene(scene),
    // Its caption says the parameters in sentences; of a sweep it also says which of them changes.
    picture: sweep === undefined ? { ...picture, caption: '' } : picture,
    ...{ dots: null, peaks: found.peaks },
    text: sweep === undefined ? summaryText(scene, runs.flat()) : sweepText(scene, sweep, runs),
  };
  writeWhole(html, simulationPage(data, found.replays));
  return true;
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
