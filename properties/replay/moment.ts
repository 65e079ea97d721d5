import type { Decision, TimedStimulus } from '../../model/alphabet.ts';
import { type Entry, type Invocation, type Machine, swapHeld, swappedOf } from '../../model/entities.ts';
import type { Shard, State } from '../../model/state.ts';
import { availabilityTable, invocationTable } from '../../model/table.ts';
import { everybody } from '../../model/unended.ts';
import { type TransferThen, takenByOthers, transferOf } from './disk.ts';
import { entityOf, entityWords, type Place } from './entity.ts';
import { type Frame, framesOf, type MarkedDecision } from './frames.ts';
import type { Recording } from './play.ts';
import { meteredNow, spentNow } from './spending.ts';

/** A replay as it is written to files. */
export interface Film {
  /** What was played, without the directories of this machine. */
  readonly file: string;
  readonly scheduler: string;
  /** The scheduler of this package that played it, by which a page can play it again; otherwise it must be recorded. */
  readonly plays?: string;
  readonly recording: Recording;
}

/**
 * The judge's state after a step, as plain values that stay as they are. After a step that a rule refused it is the
 * state in which it was refused; after that, in an aftermath, where all of the step leads as far as it is possible.
 */
export interface Moment {
  /** Counted from 1. */
  readonly step: number;
  readonly timed: TimedStimulus;
  /** Null when the stimulus was not possible and was left out. */
  readonly decisions: readonly MarkedDecision[] | null;
  /** What was permitted where a rule refused the step; null when none did. */
  readonly allowed: readonly Decision[] | null;
  readonly isAftermath: boolean;
  /** Where to look. */
  readonly place: Place;
  /** In the order of their ids. */
  readonly invocations: readonly LiveInvocation[];
  readonly machines: readonly MachineThen[];
  readonly shards: readonly ShardThen[];
  readonly tenants: readonly TenantThen[];
  /** Everything about the entity of the verdict, if this is the step that fails; otherwise nothing. */
  readonly about: readonly string[];
  /** How each that ended in this step did, by id, in the order in which they ended. */
  readonly ended: readonly (readonly [number, Ending])[];
}

export interface LiveInvocation {
  readonly id: number;
  readonly function: string;
  readonly tenant: number;
  /** The class that it has now. */
  readonly class: number;
  readonly askedClass: number;
  readonly degraded: boolean;
  /** The first is 1; 0 before it was ever placed. */
  readonly attempt: number;
  readonly phase: string;
  readonly shard: number;
  readonly machine: number | null;
  /** How long it has been queued, in ms; 0 when it is not. */
  readonly ageMs: number;
  readonly demand: number;
  readonly resident: number;
  /** Where the rest of its demand is: in swap or, where paging takes time, on its way, or nowhere yet. */
  readonly swapped: number;
  readonly inFlight: number;
  readonly fresh: number;
  /** What its bill has grown to in this attempt. */
  readonly cpuMs: number;
  readonly mbMs: number;
  /** The one that it waits for. */
  readonly callee: number | null;
}

export interface MachineThen {
  readonly id: number;
  readonly availability: string;
  readonly cores: number;
  readonly ram: number;
  readonly swap: number;
  readonly antagonist: number;
  readonly demand: number;
  readonly resident: number;
  /** What stays in swap. */
  readonly swapped: number;
  /** What the antagonist has: where paging takes time that may be less than it wants. */
  readonly taken: number;
  readonly transfer: TransferThen | null;
  readonly running: number;
  /** Who lives on it, in the order of arrival. */
  readonly live: readonly number[];
  /** What an idle list says of it. */
  readonly entry: Readonly<Entry> | null;
}

export interface ShardThen {
  /** Ids, for each class, the one that has waited longest first. */
  readonly queues: readonly (readonly number[])[];
  /** The machines on its idle list, in the order of their ids. */
  readonly listed: readonly number[];
}

export interface TenantThen {
  /** In pico-cents a period; null when there is none, and then nothing is counted. */
  readonly budget: number | null;
  /** In ms. */
  readonly period: number;
  /** In pico-cents, in this period so far. */
  readonly spent: number;
}

export type Ending = 'completed' | 'killed' | 'throttled' | 'cancelled';

const ENDINGS: Partial<Record<Decision['type'], Ending>> = {
  complete: 'completed',
  kill: 'killed',
  throttle: 'throttled',
  cancel: 'cancelled',
};

/** Shows a film: what its frames say, kept. @param isWanted which steps; all unless given. */
export function* momentsOf(
  { recording }: Pick<Film, 'recording'>,
  isWanted?: (step: number) => boolean,
): Generator<Moment, void, undefined> {
  const { finding, steps } = recording;
  const failing = finding === null ? null : Math.min(finding.step, steps.length);
  const entity = finding === null ? null : entityOf(finding.entity);
  for (const frame of framesOf(recording, isWanted)) {
    const isAbout = entity !== null && frame.step === failing && !frame.isAftermath;
    yield momentOf(frame, isAbout ? entityWords(frame.state, entity) : []);
  }
}

/** What a frame shows, which changes with the next one, kept. */
function momentOf({ state, ...frame }: Frame, about: readonly string[]): Moment {
  const living = everybody(state.invocations).sort((a, b) => a.id - b.id);
  return {
    ...frame,
    invocations: living.map((invocation) => invocationThen(state, invocation)),
    machines: state.machines.map((machine) => machineThen(state, machine)),
    shards: state.shards.map(shardThen),
    tenants: state.tenants.map((tenant) => {
      const { budget, period } = tenant;
      return { budget, period, spent: budget === null ? 0 : spentNow(state, tenant) };
    }),
    about,
    ended: endedIn(frame.decisions ?? []),
  };
}

function endedIn(decisions: readonly MarkedDecision[]): [number, Ending][] {
  return decisions.flatMap(({ decision, mark }): [number, Ending][] => {
    const ending = ENDINGS[decision.type];
    return ending === undefined || !('id' in decision) || mark !== 'taken' ? [] : [[decision.id, ending]];
  });
}

function invocationThen(state: State, invocation: Invocation): LiveInvocation {
  const { id, tenant, class: effective, askedClass, degraded, attempt, shard } = invocation;
  const { machine, enqueuedAt, demand, resident, inFlight, fresh, callee } = invocation;
  const phase = invocationTable.states[invocation.phase]!;
  return {
    id,
    function: invocation.function,
    tenant,
    class: effective,
    askedClass,
    degraded,
    attempt,
    phase,
    shard,
    machine: machine?.id ?? null,
    ageMs: phase === 'queued' ? state.now - enqueuedAt : 0,
    demand,
    resident,
    swapped: swappedOf(invocation),
    inFlight,
    fresh,
    ...meteredNow(state, invocation),
    callee: callee?.id ?? null,
  };
}

function machineThen({ config }: State, machine: Machine): MachineThen {
  const { live, entry, transferMb } = machine;
  const { id, cores, ram, swap, antagonist, demand, resident, running } = machine;
  return {
    id,
    availability: availabilityTable.states[machine.availability]!,
    cores,
    ram,
    swap,
    antagonist,
    demand,
    resident,
    swapped: swapHeld(machine) - transferMb,
    taken: takenByOthers(machine, config.paging !== undefined),
    transfer: transferOf(machine),
    running,
    live: live.map((invocation) => invocation.id),
    entry: entry === null ? null : { ...entry },
  };
}

function shardThen({ queues, listed }: Shard): ShardThen {
  return {
    queues: queues.map(({ items, head }) => items.slice(head).map(({ id }) => id)),
    listed: [...listed].map(({ id }) => id).sort((a, b) => a - b),
  };
}
