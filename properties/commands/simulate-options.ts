import { InputError } from '../../model/input-error.ts';
import { type RawOptions, readOptions } from '../../reference-impl/simulation/options.ts';
import { listed } from '../../reference-impl/simulation/text.ts';
import { flagOf } from '../../reference-impl/text.ts';

/** Every option of `xx simulate`, as the command line gives it. */
export type SimulateOptions = RawOptions & {
  scheduler?: string;
  trace?: string[];
  preset?: string;
  judge?: boolean;
  json?: boolean;
  sweep?: string;
  runs?: string;
  csv?: string;
  svg?: string;
  html?: string;
  law?: string;
  replications?: string;
  without?: string[];
  exec?: string;
  execTimeout?: number;
  execStartTimeout?: number;
};

type OptionName = keyof SimulateOptions;

/** What can be simulated, as messages call it. */
const EXPERIMENTS = ['a drawn workload', 'a trace', 'figure-3', 'figure-4', 'theory', 'crowding'] as const;
type Experiment = (typeof EXPERIMENTS)[number];

const ALL: readonly OptionName[] = ['seed', 'classes', 'load', 'cores', 'json'];
const CLUSTER: readonly OptionName[] = [
  ...ALL,
  'machines',
  'ram',
  'swap',
  'shards',
  'kMachines',
  'initialMemory',
  'memory',
  'memoryDistribution',
  'growthSteps',
  'turn',
  'disk',
  'chunk',
  'reserve',
  'scheduler',
  'preset',
  'judge',
  'csv',
  'html',
];
const DRAWN: readonly OptionName[] = ['runtime', 'alpha', 'arrivals', 'calls'];
const FIGURE: readonly OptionName[] = [...CLUSTER, ...DRAWN, 'sweep', 'runs', 'svg'];
const WORKLOAD: readonly OptionName[] = [...CLUSTER, 'kShards', 'duration', 'functions'];
const OTHERS: readonly OptionName[] = ['without', 'exec', 'execTimeout', 'execStartTimeout'];

const TAKEN: Record<Experiment, readonly OptionName[]> = {
  'a drawn workload': [...WORKLOAD, ...OTHERS, ...DRAWN],
  'a trace': [...WORKLOAD, ...OTHERS, 'trace'],
  'figure-3': FIGURE,
  'figure-4': FIGURE,
  crowding: [
    ...WORKLOAD.filter((name) => !['judge', 'preset', 'disk', 'chunk', 'reserve'].includes(name)),
    ...DRAWN,
    'trace',
    'sweep',
    'svg',
  ],
  theory: [...ALL, 'functions', 'law', 'replications', 'runtime', 'alpha', 'html'],
};

/**
 * Refuses what would not change anything, lest somebody think that it did: options that belong to something else, and
 * options that others make void.
 *
 * @throws InputError with one line that begins with the option.
 */
export function refuseIgnored(argument: string | undefined, raw: SimulateOptions): void {
  const drawnOrTrace = raw.trace === undefined ? 'a drawn workload' : 'a trace';
  const experiment = EXPERIMENTS.find((name) => name === argument) ?? drawnOrTrace;
  for (const [name, value] of Object.entries(raw) as [OptionName, unknown][]) {
    if (value === undefined || TAKEN[experiment].includes(name)) continue;
    const others = EXPERIMENTS.filter((other) => TAKEN[other].includes(name));
    throw new InputError(`${flagOf(name)}: not for ${experiment}, only for ${listed(others)}`);
  }
  refuseVoid(experiment, raw);
}

function refuseVoid(experiment: Experiment, raw: SimulateOptions): void {
  const { runtime, alpha, sweep, growthSteps, scheduler, law } = raw;
  if (experiment === 'crowding' && raw.trace !== undefined) refuseDrawn(raw);
  if (experiment === 'theory' && law === undefined) {
    for (const name of ['load', 'classes', 'runtime', 'alpha', 'cores'] as const) {
      if (raw[name] !== undefined)
        throw new InputError(`${flagOf(name)}: only with --law, in a setting of your own`);
    }
  }
  const drawn = String(runtime ?? (experiment === 'theory' ? 'exponential' : 'pareto'));
  if (alpha !== undefined && drawn !== 'pareto') {
    // Values that are wrong by themselves are reported first.
    readOptions({ alpha, runtime });
    throw new InputError(
      `--alpha: only for Pareto run times; ${runtime === undefined ? 'add --runtime pareto' : 'leave it out, or --runtime'}`,
    );
  }
  const swept = sweep?.split('=')[0];
  if ((swept === 'load' || swept === 'alpha' || swept === 'swap') && raw[swept] !== undefined) {
    throw new InputError(`--${swept}: --sweep already sets it; leave out one of the two`);
  }
  const isConstant =
    growthSteps === undefined
      ? experiment === 'figure-3' || (experiment === 'crowding' && raw.trace === undefined)
      : /^[+]?0+$/.test(String(growthSteps));
  for (const name of ['memory', 'memoryDistribution'] as const) {
    if (!isConstant || raw[name] === undefined) continue;
    throw new InputError(`${flagOf(name)}: no function grows to it without --growth-steps above 0`);
  }
  const schedulers = scheduler?.split(',') ?? [];
  const twice = schedulers.find((name, index) => schedulers.indexOf(name) < index);
  if (twice !== undefined) throw new InputError(`--scheduler: expected each once, got "${twice}" twice`);
}

/** Of a trace nothing is drawn that it brings along. */
function refuseDrawn(raw: SimulateOptions): void {
  const drawn = DRAWN.find((name) => raw[name] !== undefined);
  if (drawn === undefined) return;
  throw new InputError(`${flagOf(drawn)}: not for a trace, which brings its own; leave it or --trace out`);
}

/** Only schedulers that are bound by the rules are judged: one that shares cores breaks them by design. */
export function refuseJudgingNobody(
  { judge }: SimulateOptions,
  schedulers: readonly { readonly cores?: 'own-core' | 'shared' }[],
): void {
  if (judge !== true || schedulers.some(({ cores }) => cores !== 'shared')) return;
  throw new InputError('--judge: none of the schedulers is bound by the rules of XX; add xx to --scheduler');
}
