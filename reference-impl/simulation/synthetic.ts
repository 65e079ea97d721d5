import { createGenerator, type Generator, nextUnit } from '../random.ts';
import { exponential, momentsOf, type RuntimeDistribution, samplerOf } from './distributions.ts';
import {
  type CallItem,
  drawClass,
  drawMemory,
  type MemoryRange,
  type WeightedClass,
  type WorkloadItem,
} from './workload.ts';

/** A workload that is drawn from a seed (paper section 4.1): open loop, whatever becomes of it. */
export interface SyntheticWorkload {
  /** Cheapest first. Class, run time and memory are drawn independently of one another. */
  classes: readonly WeightedClass[];
  runtime: RuntimeDistribution;
  memoryMb: MemoryRange;
  growthSteps: number;
  /** `poisson`, or everybody of a tick at its start, as many in each: what the paper's authors did. */
  arrivals: 'poisson' | 'per-tick';
  tickMs: number;
  /**
   * The load on the cluster's cores from each time on: how much work arrives, over how much they can do. The first
   * begins at 0.
   */
  phases: readonly { fromMs: number; load: number }[];
  /** How many cores the load is a part of. */
  cores: number;
  /** Nobody arrives after this, or after so many; callees do not count. At least one of the two is finite. */
  untilMs: number;
  functions: number;
  /** How likely a function is to call another one, of a class of its own, and how deep such a chain may be. */
  calls: { probability: number; depth: number };
  seed: number;
}

/** Functions that arrive in a ms, on average, while the load is 1. */
export function capacityPerMs({ runtime, calls, cores }: SyntheticWorkload): number {
  let functionsOfAChain = 0;
  for (let depth = 0; depth <= calls.depth; depth++) functionsOfAChain += calls.probability ** depth;
  return cores / (momentsOf(runtime).mean * functionsOfAChain);
}

/**
 * The workload, function by function, in the order of arrival: it is never there as a whole, however long it is. Same
 * description, same workload.
 */
export function* synthesize(workload: SyntheticWorkload): Stream<WorkloadItem> {
  const generator = createGenerator(workload.seed);
  const draw = itemDrawer(workload, generator);
  let drawn = 0;
  for (const arriveMs of arrivalTimes(workload, generator)) {
    if (arriveMs > workload.untilMs || drawn++ >= workload.functions) return;
    yield draw(arriveMs);
  }
}

type Stream<Item> = globalThis.Generator<Item, void, undefined>;

function* arrivalTimes(workload: SyntheticWorkload, generator: Generator): Stream<number> {
  const { phases, arrivals, tickMs } = workload;
  const perMs = capacityPerMs(workload);
  let phase = 0;
  if (arrivals === 'poisson') {
    let atMs = 0;
    for (;;) {
      let gap = exponential(generator, 1);
      // A gap is as much of the unit of arrivals as the phases that it spans bring, each at its own rate.
      for (;;) {
        const rate = phases[phase]!.load * perMs;
        const endMs = phases[phase + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
        if (atMs + gap / rate < endMs) {
          atMs += gap / rate;
          break;
        }
        if (endMs === Number.POSITIVE_INFINITY) return;
        gap -= (endMs - atMs) * rate;
        atMs = endMs;
        phase++;
      }
      yield Math.floor(atMs);
    }
  }
  let due = 0;
  for (let atMs = 0; atMs <= workload.untilMs; atMs += tickMs) {
    while ((phases[phase + 1]?.fromMs ?? Number.POSITIVE_INFINITY) <= atMs) phase++;
    due += phases[phase]!.load * perMs * tickMs;
    for (; due >= 1; due--) yield atMs;
  }
}

function itemDrawer(workload: SyntheticWorkload, generator: Generator): (arriveMs: number) => WorkloadItem {
  const { classes, runtime, memoryMb, growthSteps, calls } = workload;
  const drawRunMs = samplerOf(runtime);
  const totalWeight = classes.reduce((sum, { weight }) => sum + weight, 0);
  const draw = (arriveMs: number, depth: number): WorkloadItem => {
    const classIndex = drawClass(generator, classes, totalWeight);
    const runMs = Math.max(1, Math.round(drawRunMs(generator)));
    const item: WorkloadItem = {
      arriveMs,
      function: classes[classIndex]!.name,
      tenant: 0,
      class: classIndex,
      runMs,
      finalMemoryMb: growthSteps === 0 ? 1 : drawMemory(generator, memoryMb),
      growthSteps,
    };
    const isCaller = depth > 0 && nextUnit(generator) < calls.probability;
    if (!isCaller) return item;
    const call: CallItem = {
      afterMs: Math.floor(nextUnit(generator) * runMs),
      item: draw(arriveMs, depth - 1),
    };
    return { ...item, calls: [call] };
  };
  return (arriveMs) => draw(arriveMs, calls.depth);
}
