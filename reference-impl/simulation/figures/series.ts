import { quantileSorted } from 'simple-statistics';
import { Distribution, type Summary } from '../distribution.ts';
import type { EndedInvocation } from '../life.ts';
import type { Usage } from '../usage.ts';
import { idealMs } from '../workload.ts';
import type { Scene } from './scene.ts';

/** How the functions of one class fared that arrived in one tick. */
export interface ClassTick {
  arrived: number;
  killed: number;
  /** Not done when the run was stopped. */
  unfinished: number;
  /** Latency over run time. Who never completed counts with the time until the run was stopped. */
  slowdownP50: number | null;
  slowdownP99: number | null;
}

/** A figure over the machines: how far apart they are. */
export interface OverMachines {
  p5: number;
  p50: number;
  p95: number;
  max: number;
}

/** A tick of a scene, all runs pooled. */
export interface TickRow {
  /** Its beginning. */
  atMs: number;
  /** Of the cores, from 0 to 1, during the tick. */
  cpuUtilization: number;
  classes: ClassTick[];
  /** Of each machine's RAM, from 0 to 1, at the end of the tick. */
  memoryUtilization: OverMachines;
  /** In each machine's swap at the end of the tick, MB, and all that went there since the beginning. */
  swappedMb: OverMachines;
  pagedOutMb: OverMachines;
  /** In swap at the end of the tick, MB in the whole cluster on average over the runs, by class; and since the beginning. */
  swappedOfClassMb: number[];
  pagedOutOfClassMb: number[];
}

/** How one class fared in a phase of the load, all runs pooled. */
export interface ClassPhase {
  name: string;
  arrived: number;
  killed: number;
  unfinished: number;
  /** Latency over run time. Who never completed counts with the time until the run was stopped. */
  slowdown: Summary;
}

export interface PhaseRow {
  fromMs: number;
  load: number;
  cpuUtilization: number;
  classes: ClassPhase[];
}

interface Pool {
  cpu: number;
  classes: { arrived: number; killed: number; unfinished: number; slowdown: Distribution }[];
  memoryUtilization: number[];
  swappedMb: number[];
  pagedOutMb: number[];
  swappedOfClassMb: number[];
  pagedOutOfClassMb: number[];
}

/** Gathers what a scene shows, tick by tick, over all its runs. */
export class Series {
  readonly #scene: Scene;
  readonly #pools: Pool[];
  readonly #phases: { arrived: number; killed: number; unfinished: number; slowdown: Distribution }[][];
  #runs = 0;
  #busyCoreMs = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
    const ticks = Math.ceil(scene.shownMs / scene.workload.tickMs);
    const { length } = scene.workload.classes;
    this.#phases = scene.workload.phases.map(() => Array.from({ length }, noneYet));
    this.#pools = Array.from({ length: ticks }, () => ({
      cpu: 0,
      classes: Array.from({ length }, noneYet),
      memoryUtilization: [],
      swappedMb: [],
      pagedOutMb: [],
      swappedOfClassMb: new Array(length).fill(0),
      pagedOutOfClassMb: new Array(length).fill(0),
    }));
  }

  beginRun(): void {
    this.#runs++;
    this.#busyCoreMs = 0;
  }

  /** To be called at the end of every tick, which is the beginning of the next. */
  sample(nowMs: number, usage: Usage): void {
    const { workload, machines, cores, ramMb } = this.#scene;
    const pool = this.#pools[nowMs / workload.tickMs - 1];
    if (pool === undefined) return;
    pool.cpu += (usage.busyCoreMs - this.#busyCoreMs) / (workload.tickMs * machines * cores);
    this.#busyCoreMs = usage.busyCoreMs;
    const detail = usage.detail!;
    for (let machine = 0; machine < machines; machine++) {
      pool.memoryUtilization.push(detail.residentMb[machine]! / ramMb);
      pool.swappedMb.push(detail.swappedMb[machine]!);
      pool.pagedOutMb.push(detail.pagedOutMb[machine]!);
    }
    for (let index = 0; index < workload.classes.length; index++) {
      pool.swappedOfClassMb[index]! += detail.swappedOfClassMb[index]!;
      pool.pagedOutOfClassMb[index]! += detail.pagedOutOfClassMb[index]!;
    }
  }

  /** Takes note of a function that has ended, or is unfinished. */
  end({ item, ending, submittedAtMs, endedAtMs }: EndedInvocation): void {
    const pool = this.#pools[Math.floor(submittedAtMs / this.#scene.workload.tickMs)];
    if (pool === undefined) return;
    // If those that were killed were left out, the scheduler that kills most would look best.
    const untilMs = ending === 'completed' ? endedAtMs : this.#scene.workload.untilMs;
    const slowdown = Math.max(1, (untilMs - submittedAtMs) / idealMs(item));
    const ofPhase = this.#phases[phaseAt(this.#scene, submittedAtMs)]!;
    for (const ofClass of [pool.classes[item.class]!, ofPhase[item.class]!]) {
      ofClass.arrived++;
      if (ending === 'unfinished') ofClass.unfinished++;
      if (ending === 'killed') ofClass.killed++;
      ofClass.slowdown.add(slowdown);
    }
  }

  get phases(): PhaseRow[] {
    const { workload, shownMs } = this.#scene;
    return workload.phases.map(({ fromMs, load }, index) => {
      const toMs = Math.min(shownMs, workload.phases[index + 1]?.fromMs ?? shownMs);
      const pools = this.#pools.slice(
        Math.floor(fromMs / workload.tickMs),
        Math.ceil(toMs / workload.tickMs),
      );
      return {
        fromMs,
        load,
        cpuUtilization: pools.reduce((sum, { cpu }) => sum + cpu, 0) / (pools.length * this.#runs),
        classes: this.#phases[index]!.map(({ slowdown, ...counts }, ofClass) => ({
          name: workload.classes[ofClass]!.name,
          ...counts,
          slowdown: slowdown.summary,
        })),
      };
    });
  }

  get ticks(): TickRow[] {
    return this.#pools.map((pool, tick) => ({
      atMs: tick * this.#scene.workload.tickMs,
      cpuUtilization: pool.cpu / this.#runs,
      classes: pool.classes.map(({ arrived, killed, unfinished, slowdown }) => ({
        arrived,
        killed,
        unfinished,
        slowdownP50: slowdown.quantile(0.5),
        slowdownP99: slowdown.quantile(0.99),
      })),
      memoryUtilization: overMachines(pool.memoryUtilization),
      swappedMb: overMachines(pool.swappedMb),
      pagedOutMb: overMachines(pool.pagedOutMb),
      swappedOfClassMb: pool.swappedOfClassMb.map((mb) => mb / this.#runs),
      pagedOutOfClassMb: pool.pagedOutOfClassMb.map((mb) => mb / this.#runs),
    }));
  }
}

function noneYet() {
  return { arrived: 0, killed: 0, unfinished: 0, slowdown: new Distribution() };
}

function phaseAt({ workload }: Scene, atMs: number): number {
  return workload.phases.findLastIndex(({ fromMs }) => fromMs <= atMs);
}

export function overMachines(values: readonly number[]): OverMachines {
  if (values.length === 0) return { p5: 0, p50: 0, p95: 0, max: 0 };
  const sorted = Array.from(Float64Array.from(values).sort());
  return {
    p5: quantileSorted(sorted, 0.05),
    p50: quantileSorted(sorted, 0.5),
    p95: quantileSorted(sorted, 0.95),
    max: sorted.at(-1)!,
  };
}
