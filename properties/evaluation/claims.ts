import { DISK_PRESETS } from '../../reference-impl/simulation/disk.ts';
import type { PhaseRow } from '../../reference-impl/simulation/figures/series.ts';
import type { Digest, ExperimentRecord } from './evidence.ts';

/** How far a claim holds. */
export type Verdict = 'yes' | 'in part' | 'no';

/**
 * Where a sentence comes from: a claim of the paper; what the paper calls a good result, before it shows one; or what
 * only the public simulator and the plots of its authors show, and the text does not say.
 */
export type Origin = 'claim' | 'criterion' | "the authors' simulator";

/** A sentence about what the evaluation shows, and what came out here. */
export interface Claim {
  readonly origin: Origin;
  readonly section: string;
  /** In our words. */
  readonly claim: string;
  readonly verdict: Verdict;
  /** The figures that decide, and where and why it stops holding. */
  readonly outcome: string;
}

/** A latency that counts as none: one hundredth above the run time. */
const UNDISTURBED = 1.01;
const LOW = 0;

/** Judges each sentence of section 4 by the records. Nothing here is typed by hand but the sentences around the figures. */
export function judgeClaims(records: readonly ExperimentRecord[]): Claim[] {
  return [
    highStaysLow(records),
    equallySlow(records),
    hermodByHowMuch(records),
    lowPays(records),
    smallSpread(records),
    swapsWhenHigh(records),
    onlyLowSwapped(records),
    ...evenlySwapped(records),
    neverKills(records),
    diskIsEnough(records),
  ];
}

function highStaysLow(records: readonly ExperimentRecord[]): Claim {
  const named = PRESETS.map(
    (preset) => `${ratio(p99(peak(digest(records, 'figure-3', preset, 'xx')), -1))} (${preset})`,
  );
  const sweep = sweepOf(records, 'figure-3', 'load').filter(
    ({ digest: { scheduler } }) => scheduler === 'xx',
  );
  const undisturbed = sweep.filter((run) => p99(peak(run.digest), -1) <= UNDISTURBED);
  const most = Math.max(...undisturbed.map(({ value }) => value));
  const first = sweep.find(({ value }) => value > most);
  const alphas = sweepOf(records, 'figure-3', 'alpha').filter(
    ({ digest: { scheduler } }) => scheduler === 'xx',
  );
  const worstAlpha = Math.max(...alphas.map((run) => p99(peak(run.digest), -1)));
  const isLow = undisturbed.some(({ value }) => value >= 1.2);
  return {
    origin: 'claim',
    section: '4.2',
    claim: 'XX keeps the latency of high classes low while the load exceeds what the cores can do',
    verdict: isLow ? (first === undefined ? 'yes' : 'in part') : 'no',
    outcome:
      `p99 of the highest class in the phase of high load, over run time: ${named.join(', ')}; at most ${ratio(worstAlpha)} for ` +
      `any α. It stays unaffected up to a total load of ${most}` +
      (first === undefined
        ? '.'
        : `, but not at ${first.value} (${ratio(p99(peak(first.digest), -1))}): the highest class makes up ${HIGHEST_PART} of ` +
          `the load, and the k = 3 machines that are polled, without regard to class, are sometimes full of it before the cluster is. ${besideHermod(records)}`),
  };
}

/** Up to which load the highest class fares better under XX than under a scheduler without classes. */
function besideHermod(records: readonly ExperimentRecord[]): string {
  const sweep = sweepOf(records, 'figure-3', 'load');
  const tailOf = (scheduler: string, load: number): number => {
    const run = sweep.find(({ value, digest: one }) => value === load && one.scheduler === scheduler)!;
    return p99(peak(run.digest), -1);
  };
  const loads = sweep.filter((run) => run.digest.scheduler === 'xx').map(({ value }) => value);
  const worse = loads.find((load) => tailOf('xx', load) > tailOf('hermod', load));
  const beside = (load: number): string =>
    `${ratio(tailOf('xx', load))} against ${ratio(tailOf('hermod', load))}`;
  if (worse === undefined) return `At load ${loads.at(-1)} it is ${beside(loads.at(-1)!)} under Hermod.`;
  const before = loads[loads.indexOf(worse) - 1]!;
  return `From load ${worse} on it does worse than under Hermod (${beside(worse)}; at load ${before} still ${beside(before)}).`;
}

const HIGHEST_PART = '23 %';

function equallySlow(records: readonly ExperimentRecord[]): Claim {
  const spreads = PRESETS.map((preset) => {
    const { classes } = peak(digest(records, 'figure-3', preset, 'hermod'));
    const tails = classes.map(({ slowdown }) => slowdown.p99 ?? 1);
    return { preset, least: Math.min(...tails), most: Math.max(...tails) };
  });
  const isEqual = spreads.every(({ least, most }) => most / least < 1.05);
  return {
    origin: 'claim',
    section: '4.2',
    claim: 'Hermod spreads the slowdown over all functions, so that all latencies rise equally',
    verdict: isEqual ? 'yes' : 'no',
    outcome: `p99 over run time in the phase of high load, from the least to the most affected class: ${spreads
      .map(({ preset, least, most }) => `${ratio(least)} to ${ratio(most)} (${preset})`)
      .join(', ')}.`,
  };
}

function hermodByHowMuch(records: readonly ExperimentRecord[]): Claim {
  const tails = PRESETS.map((preset) => ({
    preset,
    p99: p99(peak(digest(records, 'figure-3', preset, 'hermod')), -1),
  }));
  const most = Math.max(...tails.map((tail) => tail.p99));
  return {
    origin: "the authors' simulator",
    section: '4.2',
    claim: "Hermod's tail reaches about 350 % of the run time",
    verdict: most >= 3.3 ? 'yes' : 'in part',
    outcome:
      `p99 of the highest class: ${tails.map(({ preset, p99: tail }) => `${ratio(tail)} (${preset})`).join(', ')}. The rise is there; ` +
      'its size depends on how high the load is and how long it lasts, which the paper does not say. Their simulator emulates ' +
      'processor sharing in whole ticks, which adds to it; here it is exact.',
  };
}

function lowPays(records: readonly ExperimentRecord[]): Claim {
  const rows = PRESETS.map((preset) => {
    const xx = peak(digest(records, 'figure-3', preset, 'xx'));
    const hermod = peak(digest(records, 'figure-3', preset, 'hermod'));
    return `${ratio(p99(xx, LOW))} against ${ratio(p99(hermod, LOW))} under Hermod (${preset})`;
  });
  const longest = sweepOf(records, 'figure-3', 'load')
    .filter(({ digest: { scheduler } }) => scheduler === 'xx')
    .at(-1)!;
  const { arrived, unfinished } = peak(longest.digest).classes[LOW]!;
  return {
    origin: 'claim',
    section: '3.2',
    claim: 'XX starves low classes while the load is high, and is meant to',
    verdict: 'yes',
    outcome:
      `p99 of the lowest class in the phase of high load: ${rows.join(', ')}. At load ${longest.value}, ${unfinished} of ` +
      `${arrived} of them had not ended when the run did. The authors' simulator counts only functions that have finished; here these count too.`,
  };
}

function smallSpread(records: readonly ExperimentRecord[]): Claim {
  const rows = PRESETS.map((preset) => {
    const { p5, p50, p95 } = digest(records, 'figure-4', preset, 'xx').memoryUtilizationOfMachines;
    return { preset, p5, p50, p95 };
  });
  return {
    origin: 'criterion',
    section: '4.3',
    claim: 'The spread of memory utilisation over the machines is small',
    verdict: rows.every(({ p5, p95 }) => p95 - p5 < 0.2) ? 'yes' : 'no',
    outcome:
      `p5, p50 and p95 of the machines: ${rows.map(({ preset, p5, p50, p95 }) => `${percent(p5)}, ${percent(p50)} and ${percent(p95)} (${preset})`).join('; ')}. ` +
      'A machine is chosen by how many functions live there; whether they use 100 MB or 10 GB shows only later, and ' +
      'nothing is ever moved.',
  };
}

function swapsWhenHigh(records: readonly ExperimentRecord[]): Claim {
  const sweep = sweepOf(records, 'figure-4', 'load');
  const first = sweep.find(({ digest: { swapMb } }) => swapMb.total > 0)!;
  return {
    origin: 'criterion',
    section: '4.3',
    claim: 'Machines begin to swap only once memory utilisation is high',
    verdict: 'in part',
    outcome:
      'For each machine it holds in every step: nothing is swapped out unless RAM is over-committed (page-out-lowest). For the ' +
      `cluster it does not: at load ${first.value}, with ${percent(first.digest.memoryUtilization)} of all RAM in use on average, some ` +
      'machine already swaps, because the spread is wide.',
  };
}

function onlyLowSwapped(records: readonly ExperimentRecord[]): Claim {
  const rows = PRESETS.map((preset) => {
    const { pagedOutOfClassMb } = digest(records, 'figure-4', preset, 'xx');
    const total = pagedOutOfClassMb.reduce((sum, mb) => sum + mb, 0);
    const high = pagedOutOfClassMb.at(-1)! + pagedOutOfClassMb.at(-2)!;
    return { preset, lowest: pagedOutOfClassMb[LOW]! / total, high: high / total };
  });
  return {
    origin: 'claim',
    section: '4.3',
    claim: "Only lower classes' memory is swapped",
    verdict: rows.every(({ high }) => high === 0) ? 'yes' : 'in part',
    outcome:
      `Of all that is swapped out, ${rows.map(({ preset, lowest, high }) => `${percent(lowest)} is of the lowest class and ${percent(high, 2)} of the two highest (${preset})`).join('; ')}. ` +
      'A machine swaps its own lowest class; if only high ones live there and outgrow the RAM, that is a high one.',
  };
}

function evenlySwapped(records: readonly ExperimentRecord[]): [criterion: Claim, claim: Claim] {
  const rows = PRESETS.map((preset) => {
    const { p5, p50, p95 } = digest(records, 'figure-4', preset, 'xx').pagedOutOfMachineMb;
    return { preset, p5, p50, p95 };
  });
  const busiest = sweepOf(records, 'figure-4', 'load').at(-1)!;
  const atMost = busiest.digest.pagedOutOfMachineMb;
  const verdict = rows.every(({ p5, p95 }) => p95 < 2 * p5) ? 'yes' : 'no';
  return [
    {
      origin: 'criterion',
      section: '4.3',
      claim: 'What is swapped is spread equally over the machines',
      verdict,
      outcome:
        `GB swapped out by a machine until tick 120, p5, p50 and p95 of the machines: ` +
        `${rows.map(({ preset, p5, p50, p95 }) => `${gb(p5)}, ${gb(p50)} and ${gb(p95)} (${preset})`).join('; ')}; at load ${busiest.value} ` +
        `${gb(atMost.p5)}, ${gb(atMost.p50)} and ${gb(atMost.p95)}. The longer the run and the higher the load, the more even it gets, but a factor ` +
        'of several stays.',
    },
    {
      origin: 'claim',
      section: '4.3',
      claim: 'What is swapped is spread fairly evenly over the machines',
      verdict,
      outcome: `p95 of the machines is ${rows.map(({ preset, p5, p95 }) => `${ratio(p95 / p5)} times p5 (${preset})`).join(', ')}.`,
    },
  ];
}

function neverKills(records: readonly ExperimentRecord[]): Claim {
  const swaps = sweepOf(records, 'figure-4', 'swap');
  const enough = swaps.find(({ digest: { killed } }) => killed === 0)!;
  const without = swaps[0]!;
  const loads = sweepOf(records, 'figure-4', 'load');
  const busiest = loads.at(-1)!;
  const killed = loads.reduce((sum, run) => sum + run.digest.killed, 0);
  return {
    origin: 'claim',
    section: '4.3',
    claim:
      'With 500 GB of swap per machine no function is killed at an average memory utilisation of about 90 %',
    verdict: killed === 0 && busiest.digest.memoryUtilization >= 0.85 ? 'yes' : 'in part',
    outcome:
      `No function is killed at any load up to ${busiest.value}, where the fullest machine holds ${gb(busiest.digest.peakSwapOfMachineMb.max)} GB in ` +
      `swap; at load 0.9, ${gb(enough.value)} GB would do, and without swap ${without.digest.killed} of ${without.digest.count} are ` +
      `killed. But the average never comes near 90 %: ${percent(busiest.digest.memoryUtilization)} of RAM at load ${busiest.value}, ` +
      "where some machines swap while others have room. (The 90 % come from the plot of the authors' simulator, which divides by " +
      'a wrong total; with the right one it shows about 82 %.)',
  };
}

/** A tail latency of the highest class that paging at most doubles. */
const DOUBLED = 2;

/** What the paper leaves out: it simulates no time that swapping takes, and concludes that an SSD will do. */
function diskIsEnough(records: readonly ExperimentRecord[]): Claim {
  const sweep = sweepOf(records, 'figure-4', 'bandwidth');
  const at = (wanted: number) => sweep.find(({ value }) => value === wanted)!;
  const ssd = at(DISK_PRESETS.ssd.mbPerSecond);
  const nvme = at(DISK_PRESETS.nvme.mbPerSecond);
  const high = ({ digest: found }: typeof ssd): number => p99(peak(found), -1);
  const doubled = sweep.find((run) => high(run) <= DOUBLED);
  const undisturbed = sweep.find((run) => high(run) <= UNDISTURBED);
  const fastest = sweep.at(-1)!;
  const slowest = sweep[0]!;
  const moved = Math.max(...sweep.map(({ digest: { disk } }) => disk!.movedPerMb));
  const killed = sweep.reduce((sum, run) => sum + run.digest.killed, 0);
  const say = (run: typeof ssd): string => {
    const { digest: found } = run;
    const { arrived } = peak(found).classes.at(-1)!;
    const waitMs = found.disk!.memoryWaitMs.at(-1)! / arrived;
    return (
      `at ${run.value} MB/s p99 over run time is ${ratio(high(run))} for the highest class (on average each was ` +
      `${Math.round(waitMs)} ms without some of its memory) and ${ratio(p99(peak(found), LOW))} for the lowest, ${found.unfinished} of ` +
      `${found.count} are unfinished, ${percent(found.memoryUtilization)} of RAM and ${percent(found.cpuUtilization)} of the cores ` +
      `are in use, and disks are busy ${percent(found.disk!.utilization)} of the time`
    );
  };
  return {
    origin: 'claim',
    section: '4.3',
    claim: 'An SSD is enough for XX to swap to (the paper takes no time for swapping)',
    verdict: killed > 0 ? 'no' : high(ssd) <= UNDISTURBED ? 'yes' : 'in part',
    outcome:
      `${killed === 0 ? 'Nobody is killed' : `${killed} are killed`} at any bandwidth, but swapping costs latency: ${say(ssd)} (the bandwidth of \`ssd\`); ${say(nvme)} (\`nvme\`). ` +
      (doubled === undefined
        ? `At no bandwidth up to ${fastest.value} MB/s is p99 of the highest class at most ${DOUBLED} run times; `
        : `From ${doubled.value} MB/s on p99 of the highest class is at most ${DOUBLED} run times; `) +
      (undisturbed === undefined
        ? `unaffected (${UNDISTURBED}) it is at none, ${ratio(high(fastest))} at ${fastest.value}. `
        : `it is unaffected from ${undisturbed.value} on. `) +
      `At ${slowest.value} MB/s ${slowest.digest.unfinished} of ${slowest.digest.count} are unfinished and RAM is ${percent(slowest.digest.memoryUtilization)} full. ` +
      `Pages do not go to and fro: at most ${moved.toFixed(3)} MB are moved for each MB that functions are given.`,
  };
}

const PRESETS = ['paper-text', 'paper-code'] as const;

function digest(
  records: readonly ExperimentRecord[],
  figure: ExperimentRecord['figure'],
  preset: string,
  scheduler: string,
): Digest {
  const record = records.find((one) => one.figure === figure && one.preset === preset && one.swept === null)!;
  return record.runs.find((run) => run.digest.scheduler === scheduler)!.digest;
}

function sweepOf(records: readonly ExperimentRecord[], figure: ExperimentRecord['figure'], swept: string) {
  const record = records.find((one) => one.figure === figure && one.swept === swept)!;
  return record.runs.map(({ value, digest: found }) => ({ value: value!, digest: found }));
}

/** The phase with the highest load. */
function peak({ phases }: Digest): PhaseRow {
  return phases.reduce((most, phase) => (phase.load > most.load ? phase : most));
}

function p99({ classes }: PhaseRow, ofClass: number): number {
  return classes.at(ofClass)!.slowdown.p99 ?? 1;
}

function ratio(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}

function percent(part: number, digits = 0): string {
  return `${(100 * part).toFixed(digits)} %`;
}

function gb(mb: number): string {
  const value = mb / 1000;
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
