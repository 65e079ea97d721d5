import { InputError } from '../../../model/input-error.ts';
import { ALPHA_RANGE, LOAD_RANGE, type RawOptions, readOptions, refuseManyPolls } from '../options.ts';
import { XM_MS } from '../presets.ts';
import { readInteger, readNumber, readOneOf, readRuntime } from '../reading.ts';
import { sceneOf } from './presets.ts';
import type { FigureName, Scene } from './scene.ts';

const MOST_RUNS = 10_000;

/**
 * The scene of a figure with what the command line changes.
 *
 * @throws InputError with one line that begins with the option.
 */
export function readScene(
  figure: FigureName,
  raw: RawOptions & { preset?: string | undefined; runs?: string | number | undefined },
): Scene {
  const preset = readOneOf(raw.preset ?? 'paper-text', ['paper-text', 'paper-code'] as const, '--preset');
  const scene = sceneOf(figure, preset);
  const { workload } = scene;
  // Whatever is given is read as for any simulation; the rest is the scene's.
  const { load, alpha, ...others } = raw;
  const read = readOptions({ ram: scene.ramMb, ...withoutUndefined(others) });
  const machines = raw.machines === undefined ? scene.machines : read.machines;
  const cores = raw.cores === undefined ? scene.cores : read.cores;
  const shards = raw.shards === undefined ? scene.shards : read.shards;
  // A machine polls the idle lists of all shards.
  refuseManyPolls(machines, shards, '--shards');
  return {
    ...scene,
    machines,
    cores,
    ramMb: raw.ram === undefined ? scene.ramMb : read.ramMb,
    swapMb: raw.swap === undefined ? scene.swapMb : read.swapMb,
    shards,
    kMachines: raw.kMachines === undefined ? scene.kMachines : read.kMachines,
    initialMemoryMb: read.initialMemoryMb,
    turnMs: read.turnMs,
    ...(read.disk === undefined ? {} : { disk: read.disk }),
    seed: read.seed,
    runs: raw.runs === undefined ? scene.runs : readInteger(String(raw.runs), 1, MOST_RUNS, '--runs'),
    workload: {
      ...workload,
      cores: machines * cores,
      ...(raw.classes === undefined ? {} : { classes: read.classes }),
      ...(raw.memory === undefined && raw.memoryDistribution === undefined
        ? {}
        : { memoryMb: read.memoryMb }),
      ...(raw.growthSteps === undefined ? {} : { growthSteps: read.growthSteps }),
      ...(raw.arrivals === undefined ? {} : { arrivals: read.arrivals }),
      ...(raw.calls === undefined ? {} : { calls: read.calls }),
      ...runtimeOf(scene, raw),
      phases: phasesOf(scene, load),
    },
  };
}

function runtimeOf({ workload }: Scene, { runtime, alpha }: RawOptions): Pick<Scene['workload'], 'runtime'> {
  const given = alpha === undefined ? undefined : readNumber('--alpha', String(alpha), ...ALPHA_RANGE);
  const before = workload.runtime.kind === 'pareto' ? workload.runtime.alpha : 3;
  if (runtime !== undefined) return { runtime: readRuntime(String(runtime), given ?? before, XM_MS) };
  return { runtime: given === undefined ? workload.runtime : { kind: 'pareto', alpha: given, xmMs: XM_MS } };
}

/** One load for all phases, or one for the first and the last and one between them: `0.7,1.2`. */
function phasesOf(
  { figure, workload }: Scene,
  load: string | number | undefined,
): Scene['workload']['phases'] {
  if (load === undefined) return workload.phases;
  const loads = String(load)
    .split(',')
    .map((text) => readNumber('--load', text, ...LOAD_RANGE));
  const most = figure === 'figure-3' ? 2 : 1;
  if (loads.length > most) {
    const expected = most === 1 ? 'one load' : 'a medium load and a high one, such as 0.7,1.2';
    throw new InputError(`--load: expected ${expected}, got ${loads.length}`);
  }
  return workload.phases.map(({ fromMs }, index) => ({
    fromMs,
    load: (index % 2 === 1 ? loads[1] : undefined) ?? loads[0]!,
  }));
}

function withoutUndefined(raw: RawOptions): RawOptions {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
}
