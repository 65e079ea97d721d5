import { expect, test } from 'vitest';
import { renderSvg } from './charts.ts';
import { DASHES } from './picture.ts';
import { pictureOf, sweepPicture } from './pictures.ts';
import { playScene, type SceneRun } from './play-scene.ts';
import { sceneOf } from './presets.ts';
import type { FigureName, Scene } from './scene.ts';
import { summaryText } from './summary.ts';

function played(figure: FigureName, schedulers: readonly string[]): { scene: Scene; runs: SceneRun[] } {
  const whole = sceneOf(figure, 'paper-text');
  const workload = { ...whole.workload, cores: 4 * whole.cores };
  const scene = { ...whole, machines: 4, runs: 1, workload };
  return { scene, runs: schedulers.map((scheduler) => playScene(scene, { scheduler })) };
}

const latencies = played('figure-3', ['xx', 'hermod']);
const memories = played('figure-4', ['xx', 'hermod']);
const pictures = [
  pictureOf(latencies.scene, latencies.runs),
  pictureOf(memories.scene, memories.runs),
  sweepPicture(memories.scene, { name: 'swap', values: [0, 500_000] }, [memories.runs, memories.runs]),
];

test('lines of a panel can be told apart without colours, by their dashes or their width', () => {
  for (const { panels } of pictures) {
    for (const { lines } of panels) {
      const strokes = lines.map(({ stroke: { dash, width } }) => `${dash} ${width}`);
      expect(new Set(strokes).size).toBe(lines.length);
    }
  }
});

test('a name stands for the same stroke in all panels, and neither for a class nor for machines if for the other', () => {
  for (const { panels } of pictures) {
    const strokes = new Map<string, unknown>();
    for (const { name, stroke } of panels.flatMap(({ lines }) => lines)) {
      expect(strokes.get(name) ?? stroke).toEqual(stroke);
      strokes.set(name, stroke);
    }
  }
  const coloursOf = (panel: number) => pictures[1]!.panels[panel]!.lines.map(({ stroke }) => stroke.colour);
  expect(coloursOf(0).filter((colour) => coloursOf(1).includes(colour))).toEqual([]);
});

test('classes whose long names begin alike have a name and a stroke each', () => {
  const { scene, runs } = memories;
  const classes = Array.from({ length: 12 }, (_, index) => ({
    name: `a-rather-long-name-of-class-${index}`,
    price: index + 1,
    weight: 1,
  }));
  const crowded = { ...scene, workload: { ...scene.workload, classes } };
  const noneSwapped = classes.map(() => 0);
  const ticks = runs[0]!.ticks.map((tick) => ({
    ...tick,
    swappedOfClassMb: noneSwapped,
    pagedOutOfClassMb: noneSwapped,
  }));
  const { lines } = pictureOf(crowded, [{ ...runs[0]!, ticks }]).panels[1]!;
  expect(new Set(lines.map(({ name }) => name)).size).toBe(12);
  expect(new Set(lines.map(({ stroke }) => JSON.stringify(stroke))).size).toBe(12);
});

test('the legend draws the dashes of the lines', () => {
  const svg = renderSvg(pictures[0]!);
  const dashes = [...svg.matchAll(/<path [^>]*stroke="#d55e00"[^>]*>/g)].map(([path]) =>
    path.includes(`stroke-dasharray="${DASHES[1]!.join(',')}"`),
  );
  // Five lines of Hermod and as many swatches.
  expect(dashes).toEqual(new Array(10).fill(true));
});

test('an axis says what it is of: latencies by the time of arrival, utilisation by time, memory in GB', () => {
  const [latency, memory, swept] = pictures.map(({ panels }) => panels);
  expect(latency!.map(({ xName }) => xName)).toEqual([
    'time of arrival, ticks of 1 s',
    'time of arrival, ticks of 1 s',
    'time, ticks of 1 s',
  ]);
  expect(memory!.map(({ yName }) => yName)).toEqual([
    'part of RAM taken',
    'GB in the cluster',
    'GB in the cluster',
    'GB of a machine',
    'GB of a machine',
  ]);
  expect(swept!.map(({ xName }) => xName)).toEqual(
    new Array(4).fill('swap of each machine, GB; not to scale'),
  );
});

test('where the load changes it is written', () => {
  const svg = renderSvg(pictures[0]!);
  for (const label of ['load 0.7', 'load 1.2']) expect(svg.split(`>${label}<`).length).toBeGreaterThan(3);
});

test('text and pictures are of the same ticks, in the same unit', () => {
  const { scene, runs } = memories;
  const [xx] = runs as [SceneRun];
  const ofMachines = pictures[1]!.panels.at(-1)!.lines.at(-1)!.points;
  expect(ofMachines.at(-1)).toEqual([120, xx.ticks.at(-1)!.pagedOutMb.max / 1000]);
  // All that was swapped out by the last tick shown, of all classes, is what the text calls all of it.
  const total = xx.ticks.at(-1)!.pagedOutOfClassMb.reduce((sum, mb) => sum + mb, 0);
  expect(total).toBeGreaterThan(0);
  expect(xx.swapMb.total).toBeCloseTo(total, 6);
  const text = summaryText(scene, runs).replaceAll('\n', ' ');
  expect(text).toContain('Until tick 120: CPU');
  expect(text).toMatch(/ [\d.]+ GB at once in the cluster, and [\d.]+ GB went there in a run/);
});

test('what Hermod does not do is not drawn as if it were 0', () => {
  const [, , inSwap, killed] = pictures[2]!.panels;
  for (const panel of [inSwap!, killed!]) {
    const hermod = panel.lines.find(({ name }) => name === 'hermod')!;
    expect(hermod.points.map(([, y]) => y)).toEqual([null, null]);
  }
});
