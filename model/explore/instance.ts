import type { PartId, Stimulus } from '../alphabet.ts';
import { empty } from '../arrays.ts';
import type { Configuration, Paging } from '../configuration.ts';
import { type Snapshot, type SnapshotMachine, STAGE, TRANSFER } from '../snapshot.ts';
import { ExplorationError, type Field } from './exploration-error.ts';

/**
 * A bounded instance: few enough invocations, machines and MB that every behaviour can be explored. No budgets, no
 * faults, no money.
 */
export interface BoundedInstance {
  readonly invocations: number;
  readonly machines: number;
  /** Of each machine; `ram` and `swap` in MB. */
  readonly cores: number;
  readonly ram: number;
  readonly swap: number;
  /** Growth, 1 MB a step, stops here. */
  readonly maxDemand: number;
  /** Time stops while a queued invocation is this old, in ms. */
  readonly maxAge: number;
  /** Of the classes, cheapest first. */
  readonly prices: readonly number[];
  readonly enter: number;
  readonly leave: number;
  readonly memoryDrift: number;
  readonly functionsDrift: number;
  readonly initialMemory: number;
  readonly shards: number;
  readonly kMachines: number;
  readonly kShards: number;
  /** Whether running functions call others. */
  readonly calls: boolean;
  /** Whether running functions shrink, by 1 MB a step, down to 1 MB; absent: no. */
  readonly shrink?: boolean;
  /** How much RAM an antagonist may take of a machine, in MB: each of these at any time; absent: none ever does. */
  readonly antagonists?: readonly number[];
  /** How memory is paged, where that takes time; absent: a page moves at once. */
  readonly paging?: Paging;
  /** The parts of XX that are left out, beside those that no instance has; none unless given. */
  readonly without?: readonly PartId[];
}

/** The instance for which the specification quotes 3,764 states and depth 14. */
export const QUOTED_INSTANCE: BoundedInstance = {
  invocations: 3,
  machines: 2,
  cores: 1,
  ram: 3,
  swap: 2,
  maxDemand: 3,
  maxAge: 2,
  prices: [1, 4],
  enter: 2,
  leave: 1,
  memoryDrift: 1,
  functionsDrift: 1,
  initialMemory: 1,
  shards: 1,
  kMachines: 2,
  kShards: 1,
  calls: true,
};

/**
 * The cluster of an instance.
 *
 * @throws ExplorationError when no such cluster exists.
 */
export function configurationOf(instance: BoundedInstance): Configuration {
  const { prices, machines, cores, ram, swap, enter, leave } = instance;
  refuseMore('leave', leave, 'enter', enter);
  refuseMore('kMachines', instance.kMachines, 'machines', machines);
  refuseMore('kShards', instance.kShards, 'shards', instance.shards);
  for (let index = 0; index < prices.length; index++) {
    if (prices[index]! < 1 || (index > 0 && prices[index]! <= prices[index - 1]!)) {
      throw new ExplorationError({ kind: 'prices', prices });
    }
  }
  return {
    classes: prices.map((price, index) => ({ name: `c${index}`, price })),
    memoryPrice: 0,
    machines: Array.from({ length: machines }, () => ({ cores, ram, swap })),
    shards: instance.shards,
    kMachines: instance.kMachines,
    kShards: instance.kShards,
    initialMemory: instance.initialMemory,
    idle: {
      enter,
      leave,
      memoryDrift: instance.memoryDrift,
      functionsDrift: instance.functionsDrift,
    },
    maxAttempts: 1,
    seed: 0,
    tenants: [{ budget: null, period: 1, burstPercent: 0 }],
    ...(instance.paging === undefined ? {} : { paging: { ...instance.paging } }),
    ...(instance.without === undefined ? {} : { without: [...instance.without] }),
  };
}

function refuseMore(field: Field, value: number, bound: Field, most: number): void {
  if (value > most) throw new ExplorationError({ kind: 'exceeds', field, value, bound, most });
}

/** A stimulus and how much time passes before it, in ms. */
export interface Enabled {
  readonly afterMs: number;
  readonly stimulus: Stimulus;
}

/**
 * All stimuli of an instance, made once, so that exploration allocates none. {@link enabledIn} picks those of a state,
 * always in the same order.
 */
export class StimulusPool {
  private readonly instance: BoundedInstance;
  private readonly submits: Enabled[][];
  private readonly turns: Enabled[];
  private readonly grows: Enabled[][];
  private readonly finishes: Enabled[];
  private readonly calls: Enabled[][][];
  private readonly antagonists: { memory: number; enabled: Enabled }[][];
  private readonly paged: Enabled[];
  private readonly tick: Enabled = { afterMs: 1, stimulus: { type: 'tick' } };

  constructor(instance: BoundedInstance) {
    this.instance = instance;
    const { invocations, shards, prices, maxDemand } = instance;
    const ids = Array.from({ length: invocations }, (_, id) => id);
    const homes = prices.flatMap((_, priceClass) =>
      Array.from({ length: shards }, (_, shard) => ({ priceClass, shard })),
    );
    const now = (stimulus: Stimulus): Enabled => ({ afterMs: 0, stimulus });
    this.submits = ids.map((id) =>
      homes.map(({ priceClass, shard }) =>
        now({ type: 'submit', id, tenant: 0, function: 'f', class: priceClass, shard }),
      ),
    );
    this.turns = Array.from({ length: shards }, (_, shard) => now({ type: 'turn', shard }));
    this.grows = ids.map((id) =>
      Array.from({ length: maxDemand + 1 }, (_, demand) => now({ type: 'resize', id, demand })),
    );
    this.finishes = ids.map((id) => now({ type: 'finish', id }));
    const machines = Array.from({ length: instance.machines }, (_, machine) => machine);
    this.antagonists = machines.map((machine) =>
      (instance.antagonists ?? []).map((memory) => ({
        memory,
        enabled: now({ type: 'antagonist', machine, memory }),
      })),
    );
    this.paged = machines.map((machine) => now({ type: 'paged', machine }));
    this.calls = ids.map((caller) =>
      ids.map((id) =>
        homes.map(({ priceClass, shard }) =>
          now({ type: 'call', caller, id, function: 'f', class: priceClass, shard }),
        ),
      ),
    );
  }

  /** Fills `enabled` with the stimuli of a state: submissions, turns, for each that runs growth, end, calls; machines; time. */
  enabledIn({ invocations, machines }: Snapshot, enabled: Enabled[]): void {
    empty(enabled);
    let queued = 0;
    let oldest = 0;
    let unused = -1;
    for (let id = 0; id < invocations.length; id++) {
      const { stage, ageMs } = invocations[id]!;
      if (stage === STAGE.queued) {
        queued++;
        if (ageMs > oldest) oldest = ageMs;
      } else if (stage === STAGE.unused && unused < 0) {
        unused = id;
      }
    }
    if (unused >= 0) for (const submit of this.submits[unused]!) enabled.push(submit);
    if (queued > 0) this.addTurns(invocations, enabled);
    for (let id = 0; id < invocations.length; id++) {
      const { stage, demand } = invocations[id]!;
      if (stage !== STAGE.running) continue;
      if (demand < this.instance.maxDemand) enabled.push(this.grows[id]![demand + 1]!);
      if (this.instance.shrink === true && demand > 1) enabled.push(this.grows[id]![demand - 1]!);
      enabled.push(this.finishes[id]!);
      if (this.instance.calls && unused >= 0) for (const call of this.calls[id]![unused]!) enabled.push(call);
    }
    for (let id = 0; id < machines.length; id++) this.addMachineStimuli(machines[id]!, id, enabled);
    if (queued > 0 && oldest < this.instance.maxAge) enabled.push(this.tick);
  }

  private addMachineStimuli({ antagonist, disk }: SnapshotMachine, id: number, enabled: Enabled[]): void {
    for (const { memory, enabled: other } of this.antagonists[id]!) {
      if (memory !== antagonist) enabled.push(other);
    }
    if (disk !== TRANSFER.none) enabled.push(this.paged[id]!);
  }

  private addTurns(invocations: Snapshot['invocations'], enabled: Enabled[]): void {
    for (let shard = 0; shard < this.turns.length; shard++) {
      if (invocations.some((i) => i.stage === STAGE.queued && i.shard === shard))
        enabled.push(this.turns[shard]!);
    }
  }
}
