import type { PriceClass } from '../../model/configuration.ts';
import { createGenerator, type Generator, nextUnit } from '../random.ts';
import type { TracedInvocation } from './traces/real-trace.ts';

/** A function to be invoked: all that the clock needs to know to play it. Integer ms and MB. */
export interface WorkloadItem {
  arriveMs: number;
  function: string;
  tenant: number;
  /** Index of the class it asks for. */
  class: number;
  /** How long it runs in all, at least 1, while it is on a core. */
  runMs: number;
  /** What it has grown to before it finishes, at least 1; it begins with the cluster's initial memory. */
  finalMemoryMb: number;
  /** In how many equal steps it grows, evenly over its run time. */
  growthSteps: number;
  /** How much of its run time it has behind it when it is placed, grown and called as far as that; by default nothing. */
  alreadyMs?: number;
  /** Whom it calls and waits for, in the order of `afterMs`; by default none. */
  calls?: readonly CallItem[];
}

/** A call of another function: made when the caller has run for `afterMs`, at most its run time. */
export interface CallItem {
  afterMs: number;
  /** Its arrival and its tenant are the caller's doing and count for nothing here. */
  item: WorkloadItem;
}

/** How long a function takes that always has a core: its own run time and that of all it waits for. */
export function idealMs({ runMs, calls }: WorkloadItem): number {
  return calls === undefined ? runMs : calls.reduce((sum, { item }) => sum + idealMs(item), runMs);
}

export type MemoryDistribution = 'uniform' | 'log-uniform';

/** From what an invocation's final memory is drawn, in MB, both ends included. */
export interface MemoryRange {
  least: number;
  most: number;
  distribution: MemoryDistribution;
}

/** A price class and how likely a function is to belong to it, relative to the others. */
export interface WeightedClass extends PriceClass {
  weight: number;
}

/** What a trace does not say and the simulation has to make up. */
export interface Assumptions {
  /** Cheapest first. */
  classes: WeightedClass[];
  memoryMb: MemoryRange;
  growthSteps: number;
  seed: number;
}

/** The trigger, in small letters, of a function that somebody waits for in front of a screen. All others are background work. */
const USER_FACING = 'http';

/**
 * The workload of a trace, in the order of the trace, invocation by invocation. One that is triggered by http is of the
 * highest class and any other of the lowest; where the trace knows no triggers, a function has one class, drawn by weight
 * when it first occurs. Where the trace knows no memory, each invocation has a final memory of its own, drawn. Same trace
 * and assumptions, same workload.
 *
 * @param stretch by which times of arrival are multiplied, to make another load of it.
 */
export function* workloadOf(
  trace: Iterable<TracedInvocation>,
  assumptions: Assumptions,
  stretch = 1,
): Iterable<WorkloadItem> {
  const { classes, growthSteps } = assumptions;
  const generator = createGenerator(assumptions.seed);
  const classOfFunction = new Map<string, number>();
  const totalWeight = classes.reduce((sum, { weight }) => sum + weight, 0);
  for (const { function: label, arriveMs, runMs, trigger, memoryMb } of trace) {
    let classIndex: number | undefined;
    if (trigger !== undefined) classIndex = trigger === USER_FACING ? classes.length - 1 : 0;
    else classIndex = classOfFunction.get(label);
    if (classIndex === undefined) {
      classIndex = drawClass(generator, classes, totalWeight);
      classOfFunction.set(label, classIndex);
    }
    const finalMemoryMb = memoryMb ?? drawMemory(generator, assumptions.memoryMb);
    yield {
      arriveMs: Math.floor(arriveMs * stretch),
      function: label,
      tenant: 0,
      class: classIndex,
      runMs,
      finalMemoryMb,
      growthSteps,
    };
  }
}

/** A class, drawn by weight. */
export function drawClass(
  generator: Generator,
  classes: readonly WeightedClass[],
  totalWeight: number,
): number {
  let left = nextUnit(generator) * totalWeight;
  for (let index = 0; index < classes.length; index++) {
    left -= classes[index]!.weight;
    if (left < 0) return index;
  }
  return classes.findLastIndex(({ weight }) => weight > 0);
}

export function drawMemory(generator: Generator, { least, most, distribution }: MemoryRange): number {
  const unit = nextUnit(generator);
  switch (distribution) {
    case 'uniform':
      return least + Math.floor(unit * (most - least + 1));
    case 'log-uniform':
      return Math.min(most, Math.floor(least * ((most + 1) / least) ** unit));
  }
}
