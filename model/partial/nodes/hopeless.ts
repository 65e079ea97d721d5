import type { Decision } from '../../alphabet.ts';
import type { State } from '../../state.ts';
import { AVAILABILITY, PHASE } from '../../table.ts';
import { invocationOf } from '../../unended.ts';
import type { NodeLine } from './node-lines.ts';
import type { Place, Puzzle } from './place.ts';

/**
 * Finds out between two steps that a log can never go on, long before the others come to a stop: what a log has as its
 * next line must be a stimulus that is possible, or belong to a step that begins elsewhere and concerns its node.
 */
export class Hopeless {
  private readonly puzzle: Puzzle;
  /** For each machine, where each log places somebody there, or restarts a shard: the indices of the lines, ascending. */
  private readonly placements: readonly ReadonlyMap<number, readonly number[]>[];
  private readonly restarts: readonly (readonly number[])[];
  /** Where each log polls machines, and where machines come or go. */
  private readonly polls: readonly (readonly number[])[];
  private readonly comings: readonly (readonly number[])[];
  /** The log of each machine. */
  private readonly logOf: ReadonlyMap<number, number>;

  constructor(puzzle: Puzzle) {
    this.puzzle = puzzle;
    this.placements = puzzle.logs.map(({ lines }) => {
      const ofMachines = new Map<number, number[]>();
      for (const [index, { decision }] of lines.entries()) {
        if (decision?.type !== 'place') continue;
        const indices = ofMachines.get(decision.machine) ?? [];
        ofMachines.set(decision.machine, indices);
        indices.push(index);
      }
      return ofMachines;
    });
    const linesThat = (are: (line: NodeLine) => boolean) =>
      puzzle.logs.map(({ lines }) => lines.flatMap((line, index) => (are(line) ? [index] : [])));
    this.restarts = linesThat(({ stimulus }) => stimulus?.type === 'restart');
    this.polls = linesThat(({ decision }) => decision?.type === 'place' && decision.via === 'poll');
    this.comings = linesThat(({ stimulus }) => COMINGS.has(stimulus?.type));
    this.logOf = new Map(
      puzzle.logs.flatMap(({ node }, log) => ('machine' in node ? [[node.machine, log] as const] : [])),
    );
  }

  /** Whether some log can never go on from a quiet place. */
  is(place: Place): boolean {
    return this.puzzle.logs.some(({ lines, node }, log) => {
      const index = place.taken[log]!;
      const line = lines[index];
      if (line === undefined) return false;
      if ('machine' in node) return this.isStuckMachine(place, node.machine, line);
      return isStuckShard(line, lines[index - 1]) || this.cannotPoll(place, log);
    });
  }

  /** Whether the next poll of a shard, which is of machines that are up, can no longer be that. */
  private cannotPoll(place: Place, log: number): boolean {
    const { logs } = this.puzzle;
    const { config, byAvailability, machines } = place.judge.state;
    const polls = this.polls[log]!;
    const next = firstFrom(polls, place.taken[log]!);
    if (next === undefined) return false;
    const { at, decision } = logs[log]!.lines[next]!;
    const { polled } = decision as Extract<Decision, { type: 'place'; via: 'poll' }>;
    const isStill = (id: number) =>
      !this.isAnyLeft(place, at, (other) => (this.logOf.get(id) === other ? this.comings[other]! : []));
    const isUp = (id: number) => machines[id]?.availability === AVAILABILITY.up;
    if (polled.some((id) => !isUp(id) && isStill(id))) return true;
    // Fewer than may be polled: these are all that are up.
    if (polled.length >= config.kMachines) return false;
    return byAvailability[AVAILABILITY.up]!.some(({ id }) => !polled.includes(id) && isStill(id));
  }

  /** Whoever runs there has been started by its log, and whom it starts now must be placed there now. */
  private isStuckMachine(place: Place, machine: number, { at, stimulus, decision }: NodeLine): boolean {
    const { state } = place.judge;
    if (stimulus !== null) {
      if (stimulus.type === 'call') return !runsAt(state, stimulus.caller, machine);
      return (
        (stimulus.type === 'resize' || stimulus.type === 'finish') && !runsAt(state, stimulus.id, machine)
      );
    }
    const { type } = decision as Decision;
    if (type === 'complete') return true;
    if (type === 'wake') return false;
    if (type === 'list') return !this.isAnyLeft(place, at, (log) => this.restarts[log]!);
    return !this.isAnyLeft(place, at, (log) => this.placements[log]!.get(machine) ?? []);
  }

  /** Whether a log still has one of these lines, and not too late for a step of this time. */
  private isAnyLeft({ taken }: Place, at: number, indicesOf: (log: number) => readonly number[]): boolean {
    const { logs, skewMs } = this.puzzle;
    return logs.some(({ lines }, log) => {
      const next = firstFrom(indicesOf(log), taken[log]!);
      return next !== undefined && lines[next]!.at - skewMs <= at + skewMs;
    });
  }
}

const COMINGS: ReadonlySet<string | undefined> = new Set(['join', 'drain', 'crash']);

/** A shard answers turns and submissions at once. */
function isStuckShard({ decision }: NodeLine, before: NodeLine | undefined): boolean {
  if (decision === null) return false;
  if (decision.type === 'place' || decision.type === 'throttle') return true;
  const submitted = before?.stimulus?.type === 'submit' ? before.stimulus.id : null;
  return decision.type === 'enqueue' && decision.id === submitted;
}

function runsAt(state: State, id: number, machine: number): boolean {
  const invocation = invocationOf(state.invocations, id);
  return invocation?.phase === PHASE.running && invocation.machine?.id === machine;
}

/** The first of ascending numbers that is at least so great. */
function firstFrom(ascending: readonly number[], least: number): number | undefined {
  let from = 0;
  let to = ascending.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ascending[middle]! < least) from = middle + 1;
    else to = middle;
  }
  return ascending[from];
}
