import type { Decision, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { everybody } from '../../model/live.ts';
import type { Entry, Invocation, Machine, Shard, State } from '../../model/state.ts';
import { availabilityTable, invocationTable } from '../../model/table.ts';
import type { Finding } from '../checkers/checker.ts';
import type { Frame } from './play.ts';

/** A replay as it is written to files: every step with what the judge knew after it. */
export interface Film {
  readonly file: string;
  readonly scheduler: string;
  readonly config: Configuration;
  readonly moments: readonly Moment[];
  /** What is wrong; null when nothing is. */
  readonly finding: Finding | null;
}

/**
 * The judge's state after a step, as plain values that stay as they are. After a step that a rule refused it is the
 * state to which the step leads as far as it is possible.
 */
export interface Moment {
  /** Counted from 1. */
  readonly step: number;
  readonly timed: TimedStimulus;
  /** Null when the stimulus was not possible and was left out. */
  readonly decisions: readonly Decision[] | null;
  /** What was permitted where a rule refused the step; null when none did. */
  readonly allowed: readonly Decision[] | null;
  /** In the order of their ids. */
  readonly invocations: readonly LiveInvocation[];
  readonly machines: readonly MachineThen[];
  readonly shards: readonly ShardThen[];
  /** How each that has ended did, by id, in the order in which they ended. */
  readonly ended: readonly (readonly [number, Ending])[];
}

export interface LiveInvocation {
  readonly id: number;
  readonly class: number;
  readonly phase: string;
  readonly machine: number | null;
  /** How long it has been queued, in ms; 0 when it is not. */
  readonly ageMs: number;
  readonly demand: number;
  readonly resident: number;
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
  /** Who lives on it, in the order of arrival. */
  readonly live: readonly number[];
  /** What an idle list says of it. */
  readonly entry: Readonly<Entry> | null;
}

export interface ShardThen {
  /** Ids, for each class, the one that has waited longest first. */
  readonly queues: readonly (readonly number[])[];
}

export type Ending = 'completed' | 'killed' | 'throttled';

const ENDINGS: Partial<Record<Decision['type'], Ending>> = {
  complete: 'completed',
  kill: 'killed',
  throttle: 'throttled',
};

/** Keeps what frames show, which change with the next one. */
export class Camera {
  readonly moments: Moment[] = [];
  private ended: readonly (readonly [number, Ending])[] = [];

  take({ step, timed, decisions, allowed, state }: Frame): void {
    const living = everybody(state.invocations).sort((a, b) => a.id - b.id);
    this.noteEnds(decisions ?? [], new Set(living.map(({ id }) => id)), state);
    this.moments.push({
      step,
      timed,
      decisions,
      allowed,
      invocations: living.map((invocation) => invocationThen(invocation, state.now)),
      machines: state.machines.map(machineThen),
      shards: state.shards.map(shardThen),
      ended: this.ended,
    });
  }

  /** Of a step that was refused only the first decisions have come to pass: who still lives has not ended. */
  private noteEnds(decisions: readonly Decision[], living: ReadonlySet<number>, state: State): void {
    const fresh = decisions.flatMap((decision): [number, Ending][] => {
      const ending = ENDINGS[decision.type];
      if (ending === undefined || !('id' in decision)) return [];
      return living.has(decision.id) || !state.usedIds.has(decision.id) ? [] : [[decision.id, ending]];
    });
    if (fresh.length > 0) this.ended = [...new Map([...this.ended, ...fresh])];
  }
}

function invocationThen(invocation: Invocation, now: number): LiveInvocation {
  const { id, class: effective, machine, enqueuedAt, demand, resident, callee } = invocation;
  const phase = invocationTable.states[invocation.phase]!;
  return {
    id,
    class: effective,
    phase,
    machine: machine?.id ?? null,
    ageMs: phase === 'queued' ? now - enqueuedAt : 0,
    demand,
    resident,
    callee: callee?.id ?? null,
  };
}

function machineThen({
  id,
  cores,
  ram,
  swap,
  antagonist,
  demand,
  resident,
  ...machine
}: Machine): MachineThen {
  return {
    id,
    availability: availabilityTable.states[machine.availability]!,
    cores,
    ram,
    swap,
    antagonist,
    demand,
    resident,
    live: machine.live.map((invocation) => invocation.id),
    entry: machine.entry === null ? null : { ...machine.entry },
  };
}

function shardThen({ queues }: Shard): ShardThen {
  return { queues: queues.map(({ items, head }) => items.slice(head).map(({ id }) => id)) };
}
