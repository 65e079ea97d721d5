import { file, unfile } from './arrays.ts';
import type { Configuration, MachineSize } from './configuration.ts';
import type { Invocation, Machine } from './entities.ts';
import type { Fifo } from './fifo.ts';
import { initialOptionalState, type OptionalState } from './optional/optional-state.ts';
import { AVAILABILITY, DISK, IMAGE, LISTING, PHASE, PRESSURE } from './table.ts';
import { addUnended, nobody, removeUnended, type UnendedInvocations } from './unended.ts';
import { addId, noIds, type UsedIds } from './used-ids.ts';

/**
 * The state of the model: the product of the charts of every invocation and machine, with the queues, idle lists,
 * memory and money that their guards ask about. Sums are kept beside what they sum so that a guard costs the same
 * however large the cluster is.
 */
export interface State {
  readonly config: Configuration;
  /** The index of the dearest class. */
  readonly topClass: number;
  /** The time of the last step, in ms. */
  now: number;
  booted: boolean;
  /** Those that have not ended, by id: on a machine, queued, or awaiting an answer. */
  readonly invocations: UnendedInvocations<Invocation>;
  readonly usedIds: UsedIds;
  readonly machines: Machine[];
  readonly shards: Shard[];
  readonly tenants: TenantAccount[];
  /** The earliest time at which the spending of some tenant could leave the safe integers, in ms. */
  spendingHorizon: number;
  /** Invocations by phase and machines by availability, in no order: what stimuli may name is found here. */
  readonly byPhase: Invocation[][];
  readonly byAvailability: Machine[][];
  /** The machines that have a transfer in flight. */
  readonly transferring: Set<Machine>;
  /** What the step in progress still owes, and what it has touched. */
  readonly due: Due;
  readonly counts: { submitted: number; completed: number; killed: number; throttled: number };
  /** What only optional words are about; null: the configuration has none. */
  readonly optional: OptionalState | null;
}

/** A shard of the global scheduler: its multi-queue and its idle list. */
export interface Shard {
  /** One first-in-first-out queue for each class. */
  readonly queues: Fifo<Invocation>[];
  /** How many are queued, in all queues together. */
  queued: number;
  /** The machines that the idle list names. */
  readonly listed: Set<Machine>;
  /** How many entries say that a machine holds this many functions: index is functions, or {@link MANY} for more. */
  readonly entriesByFunctions: number[];
}

/** An entry of more functions than this is one among many: only what is wrong makes one. */
export const MANY = 4096;

/** What a tenant has spent since its period began, metered up to `meteredAt`, and what costs it money now. */
export interface TenantAccount {
  /** What it may spend a period, in pico-cents; null: there is no limit. */
  readonly budget: number | null;
  /** In ms. */
  readonly period: number;
  /** The part of the budget that may be spent ahead of pace, in percent. */
  readonly burstPercent: number;
  /** In pico-cents. */
  spent: number;
  /** Up to when `spent` is metered, in ms. */
  meteredAt: number;
  /** How many of its invocations run, by effective class. */
  runningByClass: number[];
  /** MB in RAM, summed over its invocations. */
  resident: number;
}

/** What is outstanding in the step in progress. */
export interface Due {
  /** The stimulus that has no answer yet. */
  answer: 'none' | 'submit' | 'call' | 'turn' | 'finish' | 'crash';
  /** Whom the answer concerns (submit, call, finish). */
  subject: Invocation | null;
  /** The shard whose turn it is. */
  shard: number;
  /** Lost in the crash and not yet enqueued or killed, in id order. */
  lost: Invocation[];
  /** The callers that must be woken before anything else: one at most, unless that is not done. */
  waking: Invocation[];
  /** Machines that a kill is due on. */
  exhausted: number;
  touched: Machine[];
  /** Those that were enqueued or placed in this step, for the obligations that look back. */
  enqueued: Invocation[];
  placed: Placement[];
  /** The root that was submitted in this step. */
  root: Invocation | null;
  /** Whether the stimulus called for an answer or an end for a wake. */
  owed: boolean;
  /** Whether every machine was found settled, and no decision since could have changed that. */
  settled: boolean;
}

/** A placement of the step in progress. */
export interface Placement {
  readonly invocation: Invocation;
  readonly waitedMs: number;
}

/** The state before `boot`: every machine of the configuration is absent. */
export function initialState(config: Configuration): State {
  const state: State = {
    config,
    topClass: config.classes.length - 1,
    now: 0,
    booted: false,
    invocations: nobody(),
    usedIds: noIds(),
    machines: [],
    shards: [],
    tenants: config.tenants.map((tenant) => ({
      budget: tenant.budget,
      period: tenant.period ?? 1,
      burstPercent: tenant.burstPercent ?? 0,
      spent: 0,
      meteredAt: 0,
      runningByClass: config.classes.map(() => 0),
      resident: 0,
    })),
    spendingHorizon: Number.POSITIVE_INFINITY,
    byPhase: Array.from({ length: Object.keys(PHASE).length }, () => []),
    byAvailability: Array.from({ length: Object.keys(AVAILABILITY).length }, () => []),
    transferring: new Set(),
    due: {
      answer: 'none',
      subject: null,
      shard: 0,
      lost: [],
      waking: [],
      exhausted: 0,
      touched: [],
      enqueued: [],
      placed: [],
      root: null,
      owed: false,
      settled: false,
    },
    counts: { submitted: 0, completed: 0, killed: 0, throttled: 0 },
    optional: initialOptionalState(config),
  };
  for (const size of config.machines) addMachine(state, size);
  for (let shard = 0; shard < config.shards; shard++) {
    state.shards.push({
      queues: config.classes.map(() => ({ items: [], head: 0 })),
      queued: 0,
      listed: new Set(),
      entriesByFunctions: [],
    });
  }
  return state;
}

/** Adds a machine in the state `absent`, under the next id. */
export function addMachine(state: State, size: MachineSize): Machine {
  const machine: Machine = {
    id: state.machines.length,
    cores: size.cores,
    ram: size.ram,
    swap: size.swap,
    reserve: state.config.paging?.reserve ?? 0,
    antagonist: 0,
    availability: AVAILABILITY.absent,
    listing: LISTING.unlisted,
    pressure: PRESSURE.ample,
    live: [],
    demand: 0,
    resident: 0,
    fresh: 0,
    disk: DISK.idle,
    transferOwner: null,
    transferMb: 0,
    running: 0,
    entry: null,
    willRun: [],
    willRunKnown: true,
    touched: false,
    position: 0,
    lastAvailabilityChange: -1,
    lastListingChange: -1,
    lastPressureChange: -1,
    lastDiskChange: -1,
  };
  state.machines.push(machine);
  file(state.byAvailability[machine.availability]!, machine);
  return machine;
}

/** Takes away the last machine, on which nobody lives, as if it had never joined. */
export function removeMachine(state: State): void {
  const machine = state.machines.pop()!;
  unfile(state.byAvailability[machine.availability]!, machine);
  state.transferring.delete(machine);
  const { entry } = machine;
  if (entry === null) return;
  const { listed, entriesByFunctions } = state.shards[entry.shard]!;
  listed.delete(machine);
  entriesByFunctions[Math.min(entry.functions, MANY)]!--;
}

/** Adds an invocation in the state `new`. */
export function addInvocation(
  state: State,
  id: number,
  tenant: number,
  name: string,
  askedClass: number,
  shard: number,
  caller: Invocation | null,
): Invocation {
  const invocation: Invocation = {
    id,
    tenant,
    function: name,
    askedClass,
    class: askedClass,
    degraded: false,
    root: caller === null,
    caller,
    callee: null,
    calleeOutcome: 'ok',
    phase: PHASE.new,
    image: IMAGE.absent,
    shard,
    enqueuedAt: state.now,
    machine: null,
    demand: 0,
    resident: 0,
    fresh: 0,
    inFlight: 0,
    attempt: 0,
    cpuMs: 0,
    mbMs: 0,
    meteredAt: state.now,
    willRun: false,
    position: 0,
    lastPhaseChange: -1,
    lastImageChange: -1,
  };
  addUnended(state.invocations, invocation);
  addId(state.usedIds, id);
  file(state.byPhase[PHASE.new]!, invocation);
  return invocation;
}

/** Moves an invocation to another phase. Those that have ended are forgotten, their ids are not. */
export function enterPhase(state: State, invocation: Invocation, phase: number): void {
  if (invocation.phase === phase) return;
  unfile(state.byPhase[invocation.phase]!, invocation);
  if (invocation.phase === PHASE.running && invocation.machine !== null) invocation.machine.running--;
  invocation.phase = phase;
  if (phase === PHASE.running) invocation.machine!.running++;
  if (phase === PHASE.completed || phase === PHASE.killed || phase === PHASE.throttled) {
    removeUnended(state.invocations, invocation.id);
    state.optional?.givenUp.delete(invocation);
  } else {
    file(state.byPhase[phase]!, invocation);
  }
}

export function enterAvailability(state: State, machine: Machine, availability: number): void {
  if (machine.availability === availability) return;
  unfile(state.byAvailability[machine.availability]!, machine);
  machine.availability = availability;
  file(state.byAvailability[availability]!, machine);
}

export function enterDisk(state: State, machine: Machine, disk: number): void {
  machine.disk = disk;
  if (disk === DISK.idle) state.transferring.delete(machine);
  else state.transferring.add(machine);
}

/** Notes that the obligations of a machine must be judged at the end of the step. */
export function touch(state: State, machine: Machine): void {
  if (machine.touched) return;
  machine.touched = true;
  state.due.touched.push(machine);
}
