import type { Decision } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Generator } from '../random.ts';
import type { Budget, Policies, QueueHead } from './policies.ts';
import { addOnce, empty, lowerBound, removeAt } from './sorted.ts';
import { type Disk, type Invocation, type Machine, NONE, type XXState } from './state.ts';

/**
 * What a recipe works with besides the state: the configuration, the policies, and scratch that belongs to one
 * scheduler and means nothing between two steps. It is kept out of the state so that no snapshot carries it.
 */
export interface Context {
  readonly config: Configuration;
  readonly policies: Policies;
  readonly sample: Sampler;
  readonly pager: Pager;
  /** Pico-cents per cpu-ms, by class. */
  readonly prices: readonly number[];
  /** The budgets of the tenants, null for those without. */
  readonly budgets: readonly (Budget | null)[];
  /** The decisions of the step so far. */
  decisions: Decision[];
  /** Machines that have to be settled, ascending, and the one that was settled last. */
  readonly unsettled: number[];
  settling: number;
  /** Machines whose idle list entry may have become untrue, each once; `touchedIn` says in which step last. */
  readonly touched: number[];
  readonly touchedIn: number[];
  step: number;
  /** Whether the step is the end of a transfer, which changes nothing about who will run. */
  isPaged: boolean;
  /** A sum of what was prefetched last: it means nothing, but it keeps compilers from dropping the reads. */
  prefetched: number;
  /** The slot that this step placed or woke last, or NONE: mostly the only one that has yet to start. */
  newcomer: number;
  /** Slots that will run, those of them that do not yet, those to preempt, and those that pages are taken from. */
  readonly willRun: number[];
  readonly starting: number[];
  readonly outranked: number[];
  readonly victims: number[];
  /** `chosenIn[slot] === choice`: the slot is in the will-run set that was marked last. */
  readonly chosenIn: number[];
  choice: number;
  /** One head for each class, filled again for every choice, and the heads of the queues that are not empty. */
  readonly headOfClass: QueueHead[];
  readonly heads: QueueHead[];
}

/** Draws min(size, count) distinct integers of [0, count), ascending: whom a poll asks. */
export type Sampler = (generator: Generator, count: number, size: number) => number[];

/**
 * What carries out paging that takes time. It is no decision of the paper, so it is no policy; but somebody else could
 * carry it out in another way, or wrongly.
 */
export interface Pager {
  /** Brings the memory of a machine where it must be, as far as that goes now, and lets those run that may. */
  settle(xx: Context, state: XXState, machine: Machine, disk: Disk): void;
  /** The chunk of a machine has arrived. */
  end(xx: Context, state: XXState, machineId: number): void;
  /** An invocation leaves its machine, whatever of it is in flight. */
  abandon(disk: Disk, invocation: Invocation, slot: number): void;
  /** A machine is down, and its disk with it. */
  forget(disk: Disk): void;
}

export function createContext(
  config: Configuration,
  policies: Policies,
  sample: Sampler,
  pager: Pager,
): Context {
  return {
    config,
    policies,
    sample,
    pager,
    prices: config.classes.map(({ price }) => price),
    budgets: config.tenants.map((tenant) => (tenant.budget === null ? null : tenant)),
    decisions: [],
    unsettled: [],
    settling: -1,
    touched: [],
    touchedIn: [],
    step: 0,
    isPaged: false,
    prefetched: 0,
    newcomer: NONE,
    willRun: [],
    starting: [],
    outranked: [],
    victims: [],
    chosenIn: [],
    choice: 0,
    headOfClass: config.classes.map(({ price }, index) => ({ class: index, price, waitMs: 0 })),
    heads: [],
  };
}

/** Forgets what a step left behind, even one that was refused halfway. */
export function beginStep(xx: Context): void {
  xx.decisions = [];
  empty(xx.unsettled);
  xx.settling = -1;
  empty(xx.touched);
  xx.step++;
  xx.newcomer = NONE;
}

/** Asks for a machine to be settled: something on it has changed who should run, or where memory should be. */
export function unsettle(xx: Context, machine: number): void {
  addOnce(xx.unsettled, machine);
}

/**
 * Takes the next machine to settle: passes go over the machines in ascending order and begin again while any is left.
 * There is at least one.
 */
export function takeUnsettled(xx: Context): number {
  let index = lowerBound(xx.unsettled, xx.settling + 1);
  if (index === xx.unsettled.length) index = 0;
  xx.settling = xx.unsettled[index]!;
  removeAt(xx.unsettled, index);
  return xx.settling;
}

/** Marks the will-run set, or others, in {@link Context.chosenIn}, for callers that have to tell its members from others. */
export function markChosen(xx: Context, state: XXState, slots: readonly number[] = xx.willRun): void {
  while (xx.chosenIn.length < state.invocations.length) xx.chosenIn.push(0);
  xx.choice++;
  for (const slot of slots) xx.chosenIn[slot] = xx.choice;
}

/** Asks for a machine's place on the idle lists to be looked at when everything is settled. */
export function touch(xx: Context, machine: number): void {
  if (xx.touchedIn[machine] === xx.step) return;
  // Machines are numbered without gaps, so this array has no holes once every machine below was touched; filling
  // it upwards keeps it packed until then.
  while (xx.touchedIn.length < machine) xx.touchedIn.push(0);
  xx.touchedIn[machine] = xx.step;
  xx.touched.push(machine);
}
