import { counted } from '../../../model/counted.ts';
import { diskText, runtimeText as otherRuntimeText } from '../prose.ts';
import { clip, listed, memory, seconds } from '../text.ts';
import type { Scene } from './scene.ts';
import { type Sweep, shownValue } from './sweep.ts';

const TITLES = {
  'figure-3': 'Figure 3: tail latency and utilisation as the load goes up and down',
  'figure-4': 'Figure 4: memory, swapping and its spread over the machines',
};

/** What is said wherever latencies are shown. */
export const NEVER_COMPLETED = 'killed and unfinished ones count until the end of the run';

export function titleOf({ figure, preset }: Scene): string {
  return `${TITLES[figure]} (preset ${preset})`;
}

/** All parameters of a scene in a few sentences: what stands below a picture. */
export function captionOf(scene: Scene): string {
  const { machines, cores, ramMb, swapMb, shards, kMachines, idleness, initialMemoryMb, turnMs } = scene;
  const { workload, shownMs, seed, runs } = scene;
  const { classes, memoryMb, growthSteps, arrivals, tickMs, phases, calls } = workload;
  const weights = classes.map(({ name, price, weight }) => `${clip(name)} ${price} (${weight})`).join(', ');
  const loads = phases.map(({ fromMs, load }) =>
    fromMs === 0 ? `${load}` : `${load} from tick ${fromMs / tickMs}`,
  );
  const idle = {
    off: 'idle lists off',
    'by-memory': 'idle lists by free memory',
    'by-queue-length': 'idle lists by queue length',
  }[idleness];
  const growth =
    growthSteps === 0
      ? `memory constant at ${memory(initialMemoryMb)}`
      : `memory grows from ${memory(initialMemoryMb)} to between ${memory(memoryMb.least)} and ${memory(memoryMb.most)} (${memoryMb.distribution}) in ${counted(growthSteps, 'step')}`;
  return [
    `${counted(machines, 'machine')} of ${counted(cores, 'core')}, ${memory(ramMb)} of RAM and ${memory(swapMb)} of swap; ${counted(shards, 'shard')}, k = ${Math.min(kMachines, machines)};`,
    `${idle}; a turn takes ${turnMs} ms.`,
    ...(scene.disk === undefined ? [] : [diskText(scene.disk)]),
    `Run times: ${runtimeText(workload.runtime, tickMs)}. Load ${listed(loads)};`,
    `arrivals ${arrivals === 'poisson' ? 'Poisson' : 'at the start of each tick'}; 1 tick = ${seconds(tickMs)}.`,
    ...(calls.probability === 0
      ? []
      : [`A function calls another with probability ${calls.probability}, ${calls.depth} deep at most.`]),
    `Classes with price (weight): ${weights}; ${growth}.`,
    `${counted(runs, 'run')} from seed ${seed}, ${shownMs / tickMs} ticks shown of ${workload.untilMs / tickMs} played.`,
  ].join(' ');
}

/** The caption of a sweep: what is said of the swept parameter is what it would be otherwise. */
export function sweptCaptionOf(scene: Scene, { name, values }: Sweep): string {
  const which = name === 'load' && scene.figure === 'figure-3' ? 'the higher load' : name;
  const unit = { load: '', alpha: '', swap: ' GB', bandwidth: ' MB/s' }[name];
  const shown = listed(values.map((value) => String(shownValue(name, value))));
  return `${captionOf(scene)} But ${which === 'alpha' ? 'α' : which} is ${shown}${unit} in turn.`;
}

function runtimeText(runtime: Scene['workload']['runtime'], tickMs: number): string {
  if (runtime.kind !== 'pareto') return otherRuntimeText(runtime);
  const { mean, sd, least, most } = runtime.xmMs;
  const ticks = (ms: number): number => ms / tickMs;
  return `Pareto, α = ${runtime.alpha}, x_m normal (${ticks(mean)}, ${ticks(sd)}) within [${ticks(least)}, ${ticks(most)}] ticks`;
}
