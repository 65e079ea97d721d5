import { counted } from '../../model/counted.ts';
import { show } from '../io/show.ts';
import type { Disk } from './disk.ts';
import type { RuntimeDistribution } from './distributions.ts';
import type { SimulationOptions } from './options.ts';
import type { SimulationReport, TraceFigures } from './simulate.ts';
import { clip, listed, seconds } from './text.ts';
import type { Concerned, Joined } from './traces/real-trace.ts';

const LONGEST_FILE = 60;

/**
 * What a simulation was given and what it assumed, in sentences.
 *
 * @param load of a drawn workload in words, unless it is that of the options.
 */
export function preamble(
  { trace, assumed }: Pick<SimulationReport, 'trace' | 'assumed'>,
  load = `at load ${assumed.load ?? 0.8}`,
): string {
  const given = trace === null ? drawnText(assumed, load) : traceText(trace, assumed);
  return `${given}; ${clusterText(assumed)}`;
}

function traceText(trace: TraceFigures, assumed: SimulationOptions): string {
  const { seed } = assumed;
  const name = clip(show(trace.name).slice(1, -1), LONGEST_FILE);
  const { triggers, memory } = trace.says;
  const lacks = [...(triggers ? [] : ['classes']), ...(memory ? [] : ['memory'])];
  const load =
    assumed.load === null
      ? ''
      : ` Its times are scaled to ${seconds(trace.playedSpanMs)}, for a load of ${assumed.load}.`;
  return [
    `${name} ${trace.joined === null ? 'gives' : 'give'} ${counted(trace.invocations, 'invocation')} of ${counted(trace.functions, 'function')},`,
    triggers
      ? `how many arrived in each minute, and percentiles of how long they ran: arrivals over ${seconds(trace.arrivalSpanMs)},`
      : `when each arrived and how long it ran: arrivals over ${seconds(trace.arrivalSpanMs)},`,
    `${seconds(trace.runMs)} of run time.${load}`,
    lacks.length > 0
      ? `It gives no ${lacks.join(' and no ')}.`
      : 'It gives no prices, no growth of memory and no calls.',
    ...oddities(trace),
    `Assumed, and drawn with seed ${seed}: ${triggers ? spreadText(memory) : ''}${classesText(assumed, triggers)};`,
    memoryText(assumed, memory ? memoryKnown(trace) : 'none'),
  ].join(' ');
}

/** What of the trace is not played as it stands there, in a sentence each. */
function oddities({ joined, shorterThanOneMs, says }: TraceFigures): string[] {
  const sentences = joined === null ? [] : joinedText(joined, says.memory);
  if (shorterThanOneMs !== null && shorterThanOneMs > 0) {
    sentences.push(`${counted(shorterThanOneMs, 'invocation')} ran for less than half a ms: played as 1 ms.`);
  }
  return sentences;
}

function joinedText(joined: Joined, hasMemory: boolean): string[] {
  const { leftOut, memoryOfApp, memoryDrawn, severalInvocations, severalDurations, severalMemory } = joined;
  const sentences: [Concerned, string][] = [
    [leftOut, 'without durations: left out.'],
    [memoryOfApp, "without memory: their app's is taken."],
    [hasMemory ? memoryDrawn : NOBODY, 'without memory, whose app has none either: it is drawn.'],
    [severalInvocations, 'with several rows of invocations: these are added up.'],
    [severalDurations, 'with several rows of durations: each invocation has one of them, drawn by Count.'],
    [severalMemory, 'with several rows of memory: each invocation has one of them, drawn by SampleCount.'],
  ];
  return sentences
    .filter(([{ functions }]) => functions > 0)
    .map(
      ([{ functions, invocations }, text]) =>
        `${counted(functions, 'function')} (${counted(invocations, 'invocation')}) ${text}`,
    );
}

const NOBODY: Concerned = { functions: 0, invocations: 0 };

function spreadText(hasMemory: boolean): string {
  const drawn = hasMemory ? 'run times and memory' : 'run times';
  return `arrivals are uniform within a minute, ${drawn} between their percentiles; `;
}

function classesText({ classes }: SimulationOptions, hasTriggers: boolean): string {
  const named = classes.map(({ name, price, weight }) =>
    hasTriggers ? `${clip(name)} (price ${price})` : `${clip(name)} (price ${price}, weight ${weight})`,
  );
  if (!hasTriggers) return `each function belongs to one class, ${listed(named)}`;
  return `functions triggered by http are of class ${named.at(-1)}, all others of ${named[0]}`;
}

type Known = 'all' | 'some' | 'none';

function memoryKnown({ joined }: TraceFigures): Known {
  return (joined?.memoryDrawn.functions ?? 0) === 0 ? 'all' : 'some';
}

function memoryText({ growthSteps, initialMemoryMb, memoryMb }: SimulationOptions, known: Known): string {
  if (growthSteps === 0) return `every function keeps its first ${initialMemoryMb} MB`;
  const drawn = `a memory drawn from ${memoryMb.least} to ${memoryMb.most} MB (${memoryMb.distribution})`;
  const final = {
    all: 'the memory of the trace',
    some: `the memory of the trace, or where it has none to ${drawn}`,
    none: drawn,
  }[known];
  return `every function grows from ${initialMemoryMb} MB, in ${counted(growthSteps, 'step')}, to ${final}`;
}

function drawnText(assumed: SimulationOptions, load: string): string {
  const { classes, arrivals, calls, runtime, seed } = assumed;
  const weights = classes.map(
    ({ name, price, weight }) => `${clip(name)} (price ${price}, weight ${weight})`,
  );
  const chains =
    calls.probability === 0
      ? ''
      : ` With probability ${calls.probability} a function calls another and waits, ${calls.depth} deep at most.`;
  return [
    `A workload drawn with seed ${seed}, ${arrivals === 'poisson' ? 'Poisson arrivals' : 'arrivals at the start of every second'},`,
    `${load}; run times ${runtimeText(runtime)}.${chains} Each function is of one class,`,
    `${listed(weights)}; ${memoryText(assumed, 'none')}`,
  ].join(' ');
}

export function runtimeText(runtime: RuntimeDistribution): string {
  switch (runtime.kind) {
    case 'pareto':
      return `Pareto with α = ${runtime.alpha} and x_m normal (${seconds(runtime.xmMs.mean)}, ${seconds(runtime.xmMs.sd)}) in ${seconds(runtime.xmMs.least)} to ${seconds(runtime.xmMs.most)}`;
    case 'uniform':
      return `uniform, ${runtime.leastMs} to ${runtime.mostMs} ms`;
    case 'hyperexponential':
      return `hyperexponential with mean ${runtime.meanMs} ms and scv ${runtime.scv}`;
    case 'exponential':
    case 'deterministic':
      return `${runtime.kind} with mean ${runtime.meanMs} ms`;
  }
}

/** A disk as a report has it. */
export function diskText({ mbPerSecond, latencyUs, chunkMb, reserveMb }: Disk): string {
  return `Paging takes time: a disk a machine, ${mbPerSecond} MB/s after ${latencyUs} µs, chunks of ${chunkMb} MB, ${reserveMb} MB in reserve.`;
}

function clusterText({ machines, cores, ramMb, swapMb, shards, turnMs, disk }: SimulationOptions): string {
  return [
    `the cluster has ${counted(machines, 'machine')} with`,
    `${counted(cores, 'core')}, ${ramMb} MB of RAM and ${swapMb} MB of swap each, and ${counted(shards, 'shard')}`,
    `that ${shards === 1 ? 'takes' : 'take'} ${turnMs} ms to place a function.`,
    ...(disk === undefined ? [] : [diskText(disk)]),
  ].join(' ');
}
