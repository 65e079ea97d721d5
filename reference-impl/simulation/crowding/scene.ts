import { type RawOptions, readOptions, type SimulationOptions } from '../options.ts';
import type { SimulationInput } from '../simulate.ts';
import type { SyntheticWorkload } from '../synthetic.ts';
import type { RealTrace } from '../traces/real-trace.ts';

/** One workload that all schedulers play: all that a simulation needs but the schedulers. */
export interface CrowdingScene extends Pick<SimulationInput, 'trace' | 'options' | 'phases' | 'untilMs'> {}

/**
 * The cluster and workload of the paper's figure 3 on a fifth of its machines: RAM ample and growth left out, since some
 * of the schedulers have no idea of memory, so that who waits, waits for a core. Options that are given replace these.
 */
const DEFAULTS: RawOptions = {
  machines: 20,
  cores: 8,
  ram: 1_000_000,
  swap: 0,
  shards: 4,
  kMachines: 3,
  kShards: 4,
  classes: 'lowest:30:35,low:70:25,middle:100:2,high:150:15,highest:200:23',
  growthSteps: 0,
  duration: '120s',
};

/** The paper's burst (section 4.2): the load, and from which part of the time on. */
const BURST = [
  { from: 0, load: 0.7 },
  { from: 5 / 12, load: 1.2 },
  { from: 2 / 3, load: 0.7 },
] as const;

/** After the last arrival it goes on for as long again; who has not ended then is unfinished. */
const PLAYED_ON = 2;

/**
 * The scene that the options describe: a trace, the load that is given, or else the paper's burst.
 *
 * @throws InputError with one line that begins with the option.
 */
export function crowdingScene(raw: RawOptions, trace?: RealTrace): CrowdingScene {
  const options = readOptions({ ...defaultsFor(trace), ...given(raw) });
  // A trace may have run times that are longer than all of it: it is played to its end.
  if (trace !== undefined) return { trace, options };
  const untilMs = PLAYED_ON * options.durationMs!;
  return options.load === null ? { options, untilMs, phases: burstOver(options) } : { options, untilMs };
}

/** A trace brings memory along and arrives as long as it does. */
function defaultsFor(trace: RealTrace | undefined): RawOptions {
  if (trace === undefined) return DEFAULTS;
  const { duration: _, growthSteps: __, ...cluster } = DEFAULTS;
  return cluster;
}

function given(raw: RawOptions): RawOptions {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
}

function burstOver({ durationMs }: SimulationOptions): SyntheticWorkload['phases'] {
  return BURST.map(({ from, load }) => ({ fromMs: Math.round(from * durationMs!), load }));
}
