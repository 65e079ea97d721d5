import { counted } from '../../model/counted.ts';
import type { RuntimeDistribution } from '../../reference-impl/simulation/distributions.ts';
import { estimate } from './confidence.ts';
import { LAWS, type LawId, type Setting } from './laws.ts';
import type { Replication } from './replicate.ts';

/** One figure of a law, from theory and from the simulator. */
export interface TheoryRow {
  readonly law: LawId;
  readonly setting: string;
  readonly load: number;
  readonly figure: string;
  readonly theory: number;
  readonly simulated: number;
  readonly halfWidth: number;
  /** (simulated − theory) / theory. */
  readonly relativeError: number;
  /** Within 2 % of theory, and theory inside the interval. */
  readonly holds: boolean;
}

export interface TheoryReport {
  readonly replications: number;
  readonly functionsInAll: number;
  /** How sure one may be that all the intervals together hold the truth. */
  readonly confidence: number;
  /** The greatest |L − λW| / L of any run. */
  readonly worstLittleError: number;
  readonly rows: readonly TheoryRow[];
  /** Where it was interrupted: of how many settings not all replications were played, so that they are not shown. */
  readonly interrupted?: { readonly notSimulated: number };
}

export const CONFIDENCE = 0.95;
export const CLOSE_ENOUGH = 0.02;
const EXPONENTIAL = { kind: 'exponential', meanMs: 10_000 } as const;
const DETERMINISTIC = { kind: 'deterministic', meanMs: 10_000 } as const;
const HYPEREXPONENTIAL = { kind: 'hyperexponential', meanMs: 10_000, scv: 4 } as const;
const UNIFORM = { kind: 'uniform', leastMs: 0, mostMs: 20_000 } as const;
const ONE_CLASS = [1];
const THREE_CLASSES = [1, 2, 4];

/** Machines that are to stand for as many as one likes. */
const MANY = 500;
/** Where each arrival looks at all of them. */
const FEWER = 200;

const LOADS = [0.5, 0.75];

const OF_XX_AND_HERMOD: readonly Setting[] = LOADS.flatMap((load) => [
  ...[EXPONENTIAL, DETERMINISTIC, HYPEREXPONENTIAL].map(
    (service): Setting => ({ law: 'processor-sharing', load, service, prices: ONE_CLASS, cores: 1 }),
  ),
  ...[EXPONENTIAL, UNIFORM, HYPEREXPONENTIAL].map(
    (service): Setting => ({ law: 'preemptive-priorities', load, service, prices: THREE_CLASSES, cores: 1 }),
  ),
  ...[EXPONENTIAL, DETERMINISTIC].map(
    (service): Setting => ({ law: 'delay-dependent', load, service, prices: THREE_CLASSES, cores: 1 }),
  ),
  ...[2, 8].map(
    (cores): Setting => ({ law: 'erlang-c', load, service: EXPONENTIAL, prices: ONE_CLASS, cores }),
  ),
]);

const OF_PEERS: readonly Setting[] = LOADS.flatMap((load) => [
  ...(['least-attained-service', 'shortest-remaining'] as const).flatMap((law) =>
    [EXPONENTIAL, UNIFORM, HYPEREXPONENTIAL].map(
      (service): Setting => ({ law, load, service, prices: ONE_CLASS, cores: 1 }),
    ),
  ),
  ...[EXPONENTIAL, HYPEREXPONENTIAL].flatMap((service) =>
    [2, 3].map((choices): Setting => ({ ...ofMany('power-of-choices', load, service), choices })),
  ),
  ofMany('join-idle-queue', load, EXPONENTIAL),
  {
    ...ofMany('join-the-shortest-queue', load, EXPONENTIAL),
    machines: FEWER,
    choices: FEWER,
  },
]);

/** What `npm run theory` plays, each at two loads. */
export const SETTINGS: readonly Setting[] = [
  ...OF_XX_AND_HERMOD,
  ...OF_PEERS,
  ...LOADS.map(
    (load): Setting => ({ law: 'disk-queue', load, service: DETERMINISTIC, prices: ONE_CLASS, cores: 1 }),
  ),
];

function ofMany(law: LawId, load: number, service: RuntimeDistribution): Setting {
  return { law, load, service, prices: ONE_CLASS, cores: 1, machines: MANY };
}

/**
 * Functions that one replication plays: what is near saturation varies more, and for longer, so does what has a
 * variable service, and where there are many cores few have to wait.
 */
export function functionsFor({ law, load, service, cores, machines = 1 }: Setting, base: number): number {
  // Of many machines each brings its own evidence, and there must be enough for each to forget that it began empty.
  if (machines > 1) return Math.round((base * machines) / MACHINES_OF_BASE);
  const variable = service.kind === 'hyperexponential' ? service.scv / 2 : 1;
  const functions = Math.round((base * variable * Math.max(1, cores / 2)) / (4 * (1 - load) ** 2));
  // A full machine takes many times as long to play, and its disk varies least of all.
  return law === 'disk-queue' ? Math.max(1000, Math.round(functions / 4)) : functions;
}

/** So many machines are filled, and forget it, with the functions of one machine at load 0.5. */
const MACHINES_OF_BASE = 125;

/** Compares the replications of each setting with theory. */
export function compare(
  settings: readonly Setting[],
  replications: readonly (readonly Replication[])[],
): TheoryReport {
  const all = replications.flat();
  const figures = settings.reduce((sum, setting) => sum + LAWS[setting.law].expected(setting).size, 0);
  // With this many intervals one would sometimes miss by chance: each is widened so that all of them together hold.
  const confidenceOfEach = 1 - (1 - CONFIDENCE) / figures;
  return {
    replications: replications[0]?.length ?? 0,
    functionsInAll: all.reduce((sum, { functions }) => sum + functions, 0),
    confidence: CONFIDENCE,
    worstLittleError: Math.max(0, ...all.map(({ littleError }) => littleError)),
    rows: settings.flatMap((setting, index) => rowsOf(setting, replications[index]!, confidenceOfEach)),
  };
}

function rowsOf(setting: Setting, replications: readonly Replication[], confidence: number): TheoryRow[] {
  return [...LAWS[setting.law].expected(setting)].map(([figure, theory]) => {
    const means = replications.map((one) => one.means.get(figure) ?? Number.NaN);
    const { mean: simulated, halfWidth } = estimate(means, confidence);
    const relativeError = (simulated - theory) / theory;
    const holds = Math.abs(relativeError) <= CLOSE_ENOUGH && Math.abs(simulated - theory) <= halfWidth;
    const { law, load } = setting;
    return {
      law,
      setting: describeSetting(setting),
      load,
      figure,
      theory,
      simulated,
      halfWidth,
      relativeError,
      holds,
    };
  });
}

/** Whether a run is too short to tell: theory lies within its interval, which is so wide that this says little. */
export function isUndecided({ holds, theory, simulated, halfWidth }: TheoryRow): boolean {
  return !holds && Math.abs(simulated - theory) <= halfWidth;
}

/** Service and servers in words. */
export function describeSetting({ law, service, prices, cores, machines = 1, choices = 1 }: Setting): string {
  const parts: string[] = [service.kind];
  if (service.kind === 'hyperexponential') parts[0] = `hyperexponential, scv ${service.scv}`;
  if (prices.length > 1) parts.push(`prices ${prices.join(':')}`);
  if (law === 'erlang-c') parts.push(counted(cores, 'core'));
  if (machines > 1) parts.push(counted(machines, 'core'));
  if (choices > 1) parts.push(choices === machines ? 'all polled' : `${choices} polled`);
  return parts.join('; ');
}
