import { printable } from '../../model/printable.ts';
import type { Disk } from '../../reference-impl/simulation/disk.ts';
import type { Scene } from '../../reference-impl/simulation/figures/scene.ts';
import type { SimulationOptions } from '../../reference-impl/simulation/options.ts';
import { diskText, runtimeText } from '../../reference-impl/simulation/prose.ts';
import { memory, seconds } from '../../reference-impl/simulation/text.ts';
import { flagOf } from '../../reference-impl/text.ts';
import type { Parameter } from './data.ts';

/** The command that was given, without where its results go. */
export function commandOf(experiment: string | null, raw: Readonly<Record<string, unknown>>): string {
  const options = Object.entries(raw).flatMap(([name, value]) => {
    if (value === undefined || value === false || RESULTS.includes(name)) return [];
    const words = value === true ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
    return [[flagOf(name), ...words.map(quoted)].join(' ')];
  });
  return printable(['xx simulate', ...(experiment === null ? [] : [experiment]), ...options].join(' '));
}

const RESULTS = ['csv', 'svg', 'html', 'json'];

function quoted(word: string): string {
  return /^[\w.,:=/+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

type Cluster = Pick<SimulationOptions, 'cores' | 'ramMb' | 'swapMb' | 'shards' | 'kMachines' | 'turnMs'> & {
  readonly machines: number;
  readonly initialMemoryMb: number;
  readonly disk?: Disk;
};

type Workload = Pick<SimulationOptions, 'classes' | 'growthSteps' | 'memoryMb'>;

/** All parameters of a figure. */
export function parametersOfScene(scene: Scene): Parameter[] {
  const { workload, runs, seed, shownMs, preset } = scene;
  return [
    ['preset', preset],
    ...clusterOf(scene, memory),
    ['idle lists', IDLENESS[scene.idleness]],
    ...workloadOf(workload),
    ['run times', runtimeText(workload.runtime)],
    ['arrivals', arrivalsText(workload.arrivals, workload.tickMs)],
    ['load', loadsText(workload.phases)],
    ...callsOf(workload.calls),
    ['runs, pooled', String(runs)],
    ['seeds', runs === 1 ? String(seed) : `${seed} to ${seed + runs - 1}`],
    ['shown, played', `${seconds(shownMs)}, ${seconds(workload.untilMs)}`],
  ];
}

/** All parameters of any other simulation. @param load where it is not that of the options. */
export function parametersOf(options: SimulationOptions, isTrace: boolean, load?: string): Parameter[] {
  const drawn: Parameter[] = isTrace
    ? [['load', options.load === null ? 'as the trace has it' : String(options.load)]]
    : [
        ['run times', runtimeText(options.runtime)],
        ['arrivals', arrivalsText(options.arrivals, 1000)],
        ['load', load ?? String(options.load ?? 0.8)],
        ...callsOf(options.calls),
      ];
  return [
    ...clusterOf(options, (mb) => `${mb} MB`),
    ['idle lists that a machine polls', String(options.kShards)],
    ...workloadOf(options),
    ...drawn,
    ...(options.durationMs === null ? [] : [['arrivals end after', seconds(options.durationMs)] as const]),
    ...(options.functions === null ? [] : [['functions at most', String(options.functions)] as const]),
    ['seed', String(options.seed)],
  ];
}

const IDLENESS = { off: 'off', 'by-memory': 'by free memory', 'by-queue-length': 'by queue length' };

/** @param sizeOf memory as the text beside it has it: the caption of a figure in GB, the others in MB. */
function clusterOf(cluster: Cluster, sizeOf: (mb: number) => string): Parameter[] {
  return [
    ['machines', String(cluster.machines)],
    ['cores of each', String(cluster.cores)],
    ['RAM of each', sizeOf(cluster.ramMb)],
    ['swap of each', sizeOf(cluster.swapMb)],
    ['shards', String(cluster.shards)],
    ['machines that a shard polls', String(cluster.kMachines)],
    ['a turn takes', `${cluster.turnMs} ms`],
    ['memory at first', sizeOf(cluster.initialMemoryMb)],
    ...(cluster.disk === undefined ? [] : [['disk of each', diskText(cluster.disk)] as const]),
  ];
}

function workloadOf({ classes, growthSteps, memoryMb }: Workload | Scene['workload']): Parameter[] {
  const { least, most, distribution } = memoryMb;
  return [
    [
      'memory in the end',
      growthSteps === 0
        ? 'the same'
        : `${memory(least)} to ${memory(most)}, ${distribution}, in ${growthSteps} steps`,
    ],
    [
      'classes: price, weight',
      classes.map(({ name, price, weight }) => `${printable(name)}: ${price}, ${weight}`).join('; '),
    ],
  ];
}

function callsOf({ probability, depth }: SimulationOptions['calls']): Parameter[] {
  return probability === 0 ? [] : [['calls', `with probability ${probability}, ${depth} deep at most`]];
}

function arrivalsText(arrivals: 'poisson' | 'per-tick', tickMs: number): string {
  return arrivals === 'poisson' ? 'Poisson' : `at the start of every ${seconds(tickMs)}`;
}

function loadsText(phases: Scene['workload']['phases']): string {
  return phases
    .map(({ fromMs, load }) => (fromMs === 0 ? `${load}` : `${load} from ${seconds(fromMs)} on`))
    .join(', ');
}
