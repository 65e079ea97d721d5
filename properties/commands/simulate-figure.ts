import { printableJson } from '../../model/printable.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { findScheduler } from '../../reference-impl/schedulers/registry.ts';
import { refuseWithoutPaging } from '../../reference-impl/simulation/disk.ts';
import type { Picture } from '../../reference-impl/simulation/figures/picture.ts';
import { pictureOf, sweepPicture } from '../../reference-impl/simulation/figures/pictures.ts';
import type { SceneRun } from '../../reference-impl/simulation/figures/play-scene.ts';
import type { FigureName, Scene } from '../../reference-impl/simulation/figures/scene.ts';
import { readScene } from '../../reference-impl/simulation/figures/scene-options.ts';
import { summaryText, sweepText } from '../../reference-impl/simulation/figures/summary.ts';
import {
  readSweep,
  type Sweep,
  shownValue,
  withValue,
} from '../../reference-impl/simulation/figures/sweep.ts';
import { csvOf, sweepCsv } from '../../reference-impl/simulation/figures/tables.ts';
import { interruptedText } from '../../reference-impl/simulation/report.ts';
import { listed, wrap } from '../../reference-impl/simulation/text.ts';
import { playAll } from '../evaluation/play-all.ts';
import { type Peaks, peaksOfFigure, peaksOfSweep } from '../simulation-page/of-figure.ts';
import { simulationPage } from '../simulation-page/page.ts';
import { commandOf, parametersOfScene } from '../simulation-page/parameters.ts';
import { afterVerdict } from './after-verdict.ts';
import { type Desk, EXIT, interruptedCode, interruptible } from './command.ts';
import { type Plotting, plotting } from './plotting.ts';
import { type Files, inFolder, pageFile, writeFiles } from './simulate-files.ts';
import { refuseJudgingNobody, type SimulateOptions } from './simulate-options.ts';
import { type FindPeaks, NO_PEAKS, peaksForPage } from './simulate-page.ts';

/** `xx simulate figure-3` and `figure-4`: an experiment of the paper, or a sweep over one of its parameters. */
export async function runFigure(figure: FigureName, raw: SimulateOptions, desk: Desk): Promise<number> {
  const scene = readScene(figure, raw);
  const schedulers = (raw.scheduler ?? (figure === 'figure-3' ? 'xx,hermod' : 'xx')).split(',');
  const created = schedulers.map((name) => findScheduler(name).create());
  refuseJudgingNobody(raw, created);
  refuseWithoutPaging(created, scene.disk);
  const plots = raw.svg === undefined ? null : await plotting();
  const sweep = raw.sweep === undefined ? undefined : readSweep(raw.sweep);
  const scenes =
    sweep === undefined ? [scene] : sweep.values.map((value) => withValue(scene, sweep.name, value));
  const line = progressLine(desk.err);
  const played = await interruptible((_, stopped) =>
    playAll(scenes, schedulers, {
      isJudged: raw.judge === true,
      onProgress: (done, of) => line.show(`${done} of ${of} played`),
      stopped,
    }),
  );
  line.clear();
  const shown = shownOf({ scene, sweep, runs: played }, schedulers);
  const { runs, early } = shown;
  desk.out.write(`${raw.json ? printableJson(jsonOf(shown)) : textOf(shown)}\n`);
  const isRefused = runs.flat().some(({ verdict }) => verdict?.includes('refused') === true);
  const isWhole = early === null;
  if (runs.flat().length === 0) return interruptedCode();
  const found = await peaksForPage(raw.html, isWhole, peaksOf(shown));
  const code = isWhole && found !== null ? EXIT.accepted : interruptedCode();
  return afterVerdict(isRefused ? EXIT.violation : code, desk, () =>
    writeFiles(filesOf(shown, found ?? NO_PEAKS, raw, plots), { isWhole, err: desk.err }),
  );
}

/** A scene, or several of a sweep, and what was played of them. */
interface Figure {
  readonly scene: Scene;
  readonly sweep: Sweep | undefined;
  /** For each scene. */
  readonly runs: readonly (readonly SceneRun[])[];
}

/** A figure that is shown; of one that was interrupted, what is not. */
interface ShownFigure extends Figure {
  readonly early: { readonly notSimulated: readonly string[]; readonly cutShort: readonly string[] } | null;
}

/** Of a sweep only whole values are shown: otherwise they could not be compared. */
function shownOf({ scene, sweep, runs }: Figure, schedulers: readonly string[]): ShownFigure {
  const isWhole = (of: readonly SceneRun[]): boolean =>
    of.length === schedulers.length && of.every(({ interruptedAfter }) => interruptedAfter === undefined);
  if (runs.every(isWhole)) return { scene, sweep, runs, early: null };
  if (sweep === undefined) {
    const notSimulated = schedulers.filter((name) => !runs[0]!.some(({ scheduler }) => scheduler === name));
    const cutShort = runs[0]!.flatMap(({ scheduler, interruptedAfter }) =>
      interruptedAfter === undefined ? [] : [`${scheduler} ${interruptedAfter} of ${scene.runs}`],
    );
    return { scene, sweep, runs, early: { notSimulated, cutShort } };
  }
  const { name, values } = sweep;
  const whole = values.filter((_, at) => isWhole(runs[at]!));
  const others = values.filter((value) => !whole.includes(value));
  return {
    scene,
    sweep: { name, values: whole },
    runs: runs.filter(isWhole),
    early: { notSimulated: others.map((value) => `${name} ${shownValue(name, value)}`), cutShort: [] },
  };
}

function textOf({ scene, sweep, runs, early }: ShownFigure): string {
  const flat = runs.flat();
  const figure = sweep === undefined ? () => summaryText(scene, flat) : () => sweepText(scene, sweep, runs);
  const shown = flat.length === 0 ? [] : [figure()];
  if (early === null) return shown.join('');
  const { notSimulated, cutShort } = early;
  const pooled =
    cutShort.length === 0 ? [] : [wrap(`Interrupted: runs that are pooled: ${listed(cutShort)}.`)];
  const others =
    notSimulated.length === 0 ? [] : [wrap(`${interruptedText({ notSimulated })} ${LEFT_AFTER_A_SIGNAL}`)];
  return [...shown, ...pooled, ...others].join('\n\n');
}

/** What a run under way when the signal came is given is `untilStopped`'s; of figures only whole runs are pooled. */
const LEFT_AFTER_A_SIGNAL =
  'Runs that were under way had 1.5 s to end; of schedulers with one that takes longer nothing is left, also of their earlier runs.';

function drawnOf({ scene, sweep, runs }: Figure): Picture {
  return sweep === undefined ? pictureOf(scene, runs.flat()) : sweepPicture(scene, sweep, runs);
}

function peaksOf(figure: Figure): FindPeaks {
  const { scene, sweep, runs } = figure;
  return (interrupted) =>
    sweep === undefined
      ? peaksOfFigure(scene, drawnOf(figure), interrupted)
      : peaksOfSweep(scene, sweep, runs, drawnOf(figure), interrupted);
}

function filesOf(figure: ShownFigure, found: Peaks, raw: SimulateOptions, plots: Plotting | null): Files {
  const { scene, sweep, runs } = figure;
  const { csv, svg, html } = raw;
  const picture = drawnOf(figure);
  const name = sweep === undefined ? scene.figure : `${scene.figure}-by-${sweep.name}`;
  return [
    ...inFolder(csv, sweep === undefined ? csvOf(scene, runs.flat()) : sweepCsv(scene, sweep, runs)),
    ...inFolder(svg, new Map([[`${name}.svg`, plots?.renderSvg(picture) ?? '']])),
    ...pageFile(html, () => pageOf(figure, picture, found, raw)),
  ];
}

function pageOf(figure: ShownFigure, picture: Picture, found: Peaks, raw: SimulateOptions): string {
  const { scene, sweep } = figure;
  const data = {
    title: picture.title,
    command: commandOf(scene.figure, raw),
    parameters: parametersOfScene(scene),
    // Its caption says the parameters in sentences; of a sweep it also says which of them changes.
    picture: sweep === undefined ? { ...picture, caption: '' } : picture,
    ...{ dots: null, peaks: found.peaks, whyNoReplay: found.whyNoReplay },
    text: textOf(figure),
  };
  return simulationPage(data, found.replays);
}

function jsonOf({ scene, sweep, runs, early }: ShownFigure): object {
  const { figure, preset } = scene;
  const interrupted = early === null ? {} : { interrupted: early };
  if (sweep === undefined) return { figure, preset, scene, runs: runs.flat(), ...interrupted };
  return {
    figure,
    preset,
    scene,
    sweep,
    runs: runs.flatMap((ofValue, index) =>
      ofValue.map(({ ticks: _, ...run }) => ({ [sweep.name]: sweep.values[index], ...run })),
    ),
    ...interrupted,
  };
}
