import { XM_MS } from '../presets.ts';
import type { WeightedClass } from '../workload.ts';
import type { FigureName, PresetName, Scene } from './scene.ts';

/** A tick of the paper, which gives no unit: a thousandth of it is the least that a scheduler can tell apart. */
export const TICK_MS = 1000;

/**
 * The paper says that there are n classes with bimodal weights; the figures are those of its authors' simulator, prices
 * times 100, since prices are whole pico-cents here.
 */
const CLASSES: readonly WeightedClass[] = [
  { name: 'lowest', price: 30, weight: 35 },
  { name: 'low', price: 70, weight: 25 },
  { name: 'middle', price: 100, weight: 2 },
  { name: 'high', price: 150, weight: 15 },
  { name: 'highest', price: 200, weight: 23 },
];

/** The paper calls run times long-tailed and gives no α: at 3 the tail is long and its variance finite. */
const ALPHA: Record<PresetName, number> = { 'paper-text': 3, 'paper-code': 25 };

const AMPLE_MB = 1_000_000;
const FIGURE_4_RAM_MB = 32_000;
const FIGURE_4_SWAP_MB = 500_000;

/** The scene of a figure, as the paper's text or its authors' simulator has it (sections 4.1 to 4.3). */
export function sceneOf(figure: FigureName, preset: PresetName): Scene {
  return figure === 'figure-3' ? figure3(preset) : figure4(preset);
}

/** Section 4.2: memory ample, idle lists off, the load up at tick 50 and down at 80. */
function figure3(preset: PresetName): Scene {
  return {
    ...common(preset),
    figure: 'figure-3',
    ramMb: AMPLE_MB,
    swapMb: 0,
    idleness: 'off',
    workload: {
      ...workloadOf(preset),
      // Memory is ample, so that growing could change nothing.
      growthSteps: 0,
      phases: [
        { fromMs: 0, load: 0.7 },
        { fromMs: 50 * TICK_MS, load: 1.2 },
        { fromMs: 80 * TICK_MS, load: 0.7 },
      ],
    },
  };
}

/** Section 4.3: 32 GB of RAM and 500 GB of swap a machine, idle lists on. */
function figure4(preset: PresetName): Scene {
  const isText = preset === 'paper-text';
  return {
    ...common(preset),
    figure: 'figure-4',
    ramMb: FIGURE_4_RAM_MB,
    swapMb: FIGURE_4_SWAP_MB,
    idleness: isText ? 'by-memory' : 'by-queue-length',
    ...(isText ? {} : { shards: 1, kMachines: 100 }),
    runs: 5,
    workload: { ...workloadOf(preset), phases: [{ fromMs: 0, load: 0.9 }] },
  };
}

function common(preset: PresetName) {
  return {
    preset,
    machines: 100,
    cores: 8,
    shards: 4,
    kMachines: 3,
    initialMemoryMb: 100,
    turnMs: 0,
    shownMs: 120 * TICK_MS,
    seed: 1,
    runs: 20,
  };
}

function workloadOf(preset: PresetName): Omit<Scene['workload'], 'phases'> {
  return {
    classes: CLASSES,
    runtime: { kind: 'pareto', alpha: ALPHA[preset], xmMs: XM_MS },
    memoryMb: { least: 100, most: 10_000, distribution: 'uniform' },
    growthSteps: 8,
    arrivals: preset === 'paper-text' ? 'poisson' : 'per-tick',
    tickMs: TICK_MS,
    cores: 800,
    untilMs: 160 * TICK_MS,
    functions: Number.POSITIVE_INFINITY,
    calls: { probability: 0, depth: 0 },
  };
}
