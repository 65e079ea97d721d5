import type { Outcome } from './alphabet.ts';
import type { Configuration, MachineSize } from './configuration.ts';
import { AVAILABILITY, IMAGE, LISTING, PHASE, PRESSURE } from './table.ts';
import { addUnended, nobody, removeUnended, type UnendedInvocations } from './unended.ts';

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
  readonly usedIds: Set<number>;
  readonly machines: Machine[];
  readonly shards: Shard[];
  readonly tenants: TenantAccount[];
  /** The earliest time at which the spending of some tenant could leave the safe integers, in ms. */
  spendingHorizon: number;
  /** Invocations by phase and machines by availability, in no order: what stimuli may name is found here. */
  readonly byPhase: Invocation[][];
  readonly byAvailability: Machine[][];
  /** What the step in progress still owes, and what it has touched. */
  readonly due: Due;
  readonly counts: { submitted: number; completed: number; killed: number; throttled: number };
}

/** An invocation from its submission until it ends. */
export interface Invocation {
  readonly id: number;
  /** The index of its tenant in the configuration. */
  readonly tenant: number;
  /** The label of the function that it runs. */
  readonly function: string;
  /** The class that was asked for: like every class here, an index into the classes of the configuration. */
  readonly askedClass: number;
  /** The effective class; set when it is first enqueued. */
  class: number;
  /** Whether the budget of its tenant has lowered it, or that of whoever called it. */
  degraded: boolean;
  /** Whether it was submitted, and not called. */
  readonly root: boolean;
  /** Who called it and still waits for it. */
  caller: Invocation | null;
  /** The invocation it waits for. */
  callee: Invocation | null;
  /** How the one that it waited for has ended; counts while it is waking. */
  calleeOutcome: Outcome;
  /** The state of its chart: one of `PHASE`. */
  phase: number;
  /** The state of the chart of its memory: one of `IMAGE`. */
  image: number;
  /** The index of the shard at which it is queued, or was last. */
  shard: number;
  /** When it was enqueued last, in ms. */
  enqueuedAt: number;
  /** Where it lives; null while it is on no machine. */
  machine: Machine | null;
  /** The memory that it uses, in MB; 0 while it is on no machine. */
  demand: number;
  /** What of its demand is in RAM, in MB; the rest is in swap. */
  resident: number;
  /** How often it was enqueued; the first attempt is 1. */
  attempt: number;
  /** How long it ran in this attempt, in ms, metered up to `meteredAt`. */
  cpuMs: number;
  /** Its resident memory in this attempt times how long, in MB·ms, metered up to `meteredAt`. */
  mbMs: number;
  /** Up to when it is metered, in ms. */
  meteredAt: number;
  /** Whether it is in the will-run set of its machine, as of the last {@link willRunSet}. */
  willRun: boolean;
  /** Where it stands in `byPhase`. */
  position: number;
  /** The transitions that its charts took last, by index; -1 before the first. */
  lastPhaseChange: number;
  lastImageChange: number;
}

/** A machine, from the configuration or since it joined. */
export interface Machine {
  readonly id: number;
  /** How many invocations can run at once. */
  cores: number;
  /** RAM and swap, in MB. */
  ram: number;
  swap: number;
  /** The RAM that others use, in MB; it may be more than there is. */
  antagonist: number;
  /** The state of each region of its chart: one of `AVAILABILITY`, of `LISTING` and of `PRESSURE`. */
  availability: number;
  listing: number;
  pressure: number;
  /** Live invocations in arrival order. */
  readonly live: Invocation[];
  /** The sums of what those that live here demand and of what they have in RAM, in MB. */
  demand: number;
  resident: number;
  /** How many of those that live here run. */
  running: number;
  /** What the idle list that names it says of it; null while none does. */
  entry: Entry | null;
  /** The will-run set in rank order; stale when `willRunKnown` is false. */
  readonly willRun: Invocation[];
  willRunKnown: boolean;
  /** Whether the step in progress has touched it, so that its obligations must be judged again. */
  touched: boolean;
  /** Where it stands in `byAvailability`. */
  position: number;
  /** The transitions that its charts took last, by index; -1 before the first. */
  lastAvailabilityChange: number;
  lastListingChange: number;
  lastPressureChange: number;
}

/** What an idle list says of a machine. */
export interface Entry {
  /** The index of the shard whose list it is. */
  shard: number;
  /** RAM that nobody lays claim to, in MB. */
  available: number;
  /** How many invocations live there. */
  functions: number;
}

/** A shard of the global scheduler: its multi-queue and its idle list. */
export interface Shard {
  /** One first-in-first-out queue for each class. */
  readonly queues: Fifo[];
  /** How many are queued, in all queues together. */
  queued: number;
  /** The machines that the idle list names. */
  readonly listed: Set<Machine>;
  /** How many entries say that a machine holds this many functions: index is functions, or {@link MANY} for more. */
  readonly entriesByFunctions: number[];
}

/** An entry of more functions than this is one among many: only what is wrong makes one. */
export const MANY = 4096;

export interface Fifo {
  items: Invocation[];
  /** Index of the first that is still queued. */
  head: number;
}

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
    usedIds: new Set(),
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
    antagonist: 0,
    availability: AVAILABILITY.absent,
    listing: LISTING.unlisted,
    pressure: PRESSURE.ample,
    live: [],
    demand: 0,
    resident: 0,
    running: 0,
    entry: null,
    willRun: [],
    willRunKnown: true,
    touched: false,
    position: 0,
    lastAvailabilityChange: -1,
    lastListingChange: -1,
    lastPressureChange: -1,
  };
  state.machines.push(machine);
  file(state.byAvailability[machine.availability]!, machine);
  return machine;
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
  state.usedIds.add(id);
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

/** RAM′: what the antagonist leaves of a machine's RAM, in MB. */
export function usableRam(machine: Machine): number {
  return Math.max(0, machine.ram - machine.antagonist);
}

/** available(m): RAM′ that no demand lays claim to, in MB. */
export function availableRam(machine: Machine): number {
  return Math.max(0, usableRam(machine) - machine.demand);
}

/** Whether it lives on its machine and is blocked: such a one ranks behind those of its class that are not. */
export function isBlocked(invocation: Invocation): boolean {
  return invocation.phase === PHASE.blocked || invocation.phase === PHASE.waking;
}

/** The one that has waited longest in a queue. */
export function headOf(queue: Fifo): Invocation | undefined {
  return queue.items[queue.head];
}

/** Takes one that is queued out of its queue: the head, unless something is wrong. */
export function takeFrom(queue: Fifo, invocation: Invocation): void {
  if (headOf(queue) !== invocation) {
    queue.items.splice(queue.items.indexOf(invocation, queue.head), 1);
    return;
  }
  queue.head++;
  if (queue.head > 32 && queue.head * 2 > queue.items.length) {
    queue.items = queue.items.slice(queue.head);
    queue.head = 0;
  }
}

/** Notes that the obligations of a machine must be judged at the end of the step. */
export function touch(state: State, machine: Machine): void {
  if (machine.touched) return;
  machine.touched = true;
  state.due.touched.push(machine);
}

/** Puts an item into the bucket of those that are in the same state of their chart. */
export function file<Item extends { position: number }>(bucket: Item[], item: Item): void {
  item.position = bucket.length;
  bucket.push(item);
}

/** Takes an item out of the bucket that it is in; the last one takes its place. */
export function unfile<Item extends { position: number }>(bucket: Item[], item: Item): void {
  const last = bucket.pop()!;
  if (last === item) return;
  bucket[item.position] = last;
  last.position = item.position;
}

/** Empties an array that stays small. Popping keeps its storage, which setting its length would give away. */
export function empty(items: unknown[]): void {
  while (items.length > 0) items.pop();
}
