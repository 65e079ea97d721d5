import type { Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { Judge } from '../../model/judge.ts';
import {
  countHearingInvocations,
  countHearingMachines,
  hearingInvocation,
  hearingMachine,
  type InvocationStimulus,
  type MachineStimulus,
} from '../../model/stimuli.ts';
import { PHASE } from '../../model/table.ts';
import { invocationOf } from '../../model/unended.ts';
import { createGenerator, type Generator, nextBelow } from '../../reference-impl/random.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';

/** The load that every cluster of the curve carries, whatever its size: so much for each machine. */
const LIVE_PER_MACHINE = 4;
/** Each machine sees a step every so many ms. */
const MS_PER_STEP_OF_A_MACHINE = 10;
/** Out of a thousand steps of a full cluster, how many are of each kind. The rest finish invocations. */
const RESIZES = 300;
const CALLS = 60;
const ANTAGONISTS = 10;
const CRASHES = 5;
/** How many invocations are a few. */
const FEW = 16;

/** A cluster of `machines` machines that differs from others only in their number. */
export function cluster(machines: number): Configuration {
  return {
    classes: [1, 2, 4].map((price) => ({ name: `price-${price}`, price })),
    memoryPrice: 1,
    machines: Array.from({ length: machines }, () => ({ cores: 2, ram: 16, swap: 8 })),
    shards: 4,
    kMachines: 3,
    kShards: 2,
    initialMemory: 1,
    idle: { enter: 6, leave: 4, memoryDrift: 2, functionsDrift: 2 },
    maxAttempts: 3,
    seed: 1,
    tenants: [
      { budget: null },
      { budget: 1000 * machines * MS_PER_STEP_OF_A_MACHINE, period: 1000, burstPercent: 20 },
    ],
  };
}

/** A cluster under load. */
export interface LoadedCluster {
  readonly config: Configuration;
  /** Steps that fill it. */
  readonly filling: readonly TimedStimulus[];
  /** Steps anywhere in the cluster, in which it stays as full. */
  readonly everywhere: readonly TimedStimulus[];
  /** Steps that concern only a few of its invocations: what is left is what the size of the cluster costs by itself. */
  readonly focused: readonly TimedStimulus[];
}

/**
 * Grows a scenario in which every machine, whatever their number, holds the same load and sees as much happen in the
 * same time. The reference plays it, and the judge accepts it.
 */
export function loadCluster(machines: number, steps: number): LoadedCluster {
  const config = cluster(machines);
  const driver = new LoadDriver(config);
  while (!driver.isFull) driver.step();
  // What a full cluster is like shows once those that filled it are gone.
  const settled = 2 * driver.played.length;
  while (driver.played.length < settled) driver.step();
  while (driver.played.length < settled + steps) driver.step();
  for (let step = 0; step < steps; step++) driver.stepOfFew();
  const { played } = driver;
  return {
    config,
    filling: played.slice(0, settled),
    everywhere: played.slice(settled, settled + steps),
    focused: played.slice(settled + steps),
  };
}

class LoadDriver {
  readonly played: TimedStimulus[] = [];
  private readonly scheduler = createXX();
  private readonly judge: Judge;
  private readonly generator: Generator = createGenerator(7);
  private readonly config: Configuration;
  private nextId = 0;
  /** Those that {@link stepOfFew} concerns. */
  private few: number[] = [];
  /** What has to follow what was played last. */
  private readonly pending: Stimulus[] = [{ type: 'boot' }];

  constructor(config: Configuration) {
    this.config = config;
    this.judge = new Judge(config);
    this.scheduler.reset(config);
  }

  get isFull(): boolean {
    return this.judge.state.invocations.size >= LIVE_PER_MACHINE * this.config.machines.length;
  }

  step(): void {
    this.play(this.pending.shift() ?? this.next());
  }

  /** A step that concerns one of the few; those that no longer run are replaced by others. */
  stepOfFew(): void {
    const { invocations, byPhase } = this.judge.state;
    const running = this.few.filter((id) => invocationOf(invocations, id)?.phase === PHASE.running);
    if (running.length === 0) this.few = byPhase[PHASE.running]!.slice(0, FEW).map(({ id }) => id);
    const from = running.length === 0 ? this.few : running;
    this.play({ type: 'resize', id: from[this.below(from.length)]!, demand: 1 + this.below(3) });
  }

  private play(stimulus: Stimulus): void {
    const at = Math.floor((this.played.length * MS_PER_STEP_OF_A_MACHINE) / this.config.machines.length);
    const decisions = this.scheduler.step(at, stimulus);
    const violation = this.judge.step(at, stimulus, decisions);
    if (violation !== null) throw new Error(violation.message);
    this.played.push({ at, stimulus });
  }

  private next(): Stimulus {
    const { state } = this.judge;
    if (!this.isFull || countHearingInvocations(state, 'finish') === 0) return this.submit();
    const lot = this.below(1000);
    if (lot < RESIZES) return { type: 'resize', id: this.anyInvocation('resize'), demand: 1 + this.below(6) };
    if (lot < RESIZES + CALLS) return this.call();
    if (lot < RESIZES + CALLS + ANTAGONISTS) {
      return { type: 'antagonist', machine: this.anyMachine('antagonist'), memory: this.below(6) };
    }
    if (lot < RESIZES + CALLS + ANTAGONISTS + CRASHES) return this.crash();
    return { type: 'finish', id: this.anyInvocation('finish') };
  }

  private submit(): Stimulus {
    const shard = this.below(this.config.shards);
    this.pending.push({ type: 'turn', shard });
    const tenant = this.below(this.config.tenants.length);
    return { type: 'submit', id: this.nextId++, tenant, function: 'f', class: this.anyClass(), shard };
  }

  private call(): Stimulus {
    const shard = this.below(this.config.shards);
    this.pending.push({ type: 'turn', shard });
    const caller = this.anyInvocation('call');
    return { type: 'call', caller, id: this.nextId++, function: 'g', class: this.anyClass(), shard };
  }

  /** A machine crashes and comes back at once; those it took down are placed again. */
  private crash(): Stimulus {
    const machine = this.anyMachine('crash');
    const { live, cores, ram, swap } = this.judge.state.machines[machine]!;
    this.pending.push({ type: 'join', machine, cores, ram, swap });
    for (const { shard } of live) this.pending.push({ type: 'turn', shard });
    return { type: 'crash', machine };
  }

  private anyInvocation(event: InvocationStimulus): number {
    const { state } = this.judge;
    return hearingInvocation(state, event, this.below(countHearingInvocations(state, event))).id;
  }

  private anyMachine(event: MachineStimulus): number {
    const { state } = this.judge;
    return hearingMachine(state, event, this.below(countHearingMachines(state, event))).id;
  }

  private anyClass(): number {
    return this.below(this.config.classes.length);
  }

  private below(bound: number): number {
    return nextBelow(this.generator, bound);
  }
}
