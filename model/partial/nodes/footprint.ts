import type { Decision, Stimulus } from '../../alphabet.ts';
import type { NodeLine } from './node-lines.ts';
import type { Place, Puzzle } from './place.ts';

/**
 * Partial-order reduction. A step that may come next, and that could as well come first in every order in which it comes
 * later, is the only one that has to be tried: Godefroid, "Partial-Order Methods for the Verification of Concurrent
 * Systems" (1996), persistent sets; the step must be a left mover (Lipton 1975) of all that may happen before it.
 */

/** What a step writes that others read, beside the logs that it has lines in. */
export interface Footprint {
  /** The logs of its lines: what these say later comes later. */
  readonly logs: ReadonlySet<number>;
  /** Machines that it touches in any way. */
  readonly machines: ReadonlySet<number>;
  /** Whether there may be fewer live invocations on them after it. */
  readonly unloads: boolean;
  /** Shards whose idle list says something else after it. */
  readonly lists: ReadonlySet<number>;
  /** Whether machines come or go. */
  readonly changesWhoIsUp: boolean;
  /** Whether it is of a kind that nothing is claimed of. */
  readonly isOpaque: boolean;
  /** When it can have happened: not before, and not after, in ms. */
  readonly lo: number;
  readonly hi: number;
}

/** The footprint of the step in progress, at its end. */
export function footprintOf({ logs, skewMs }: Puzzle, { judge, step, lo, stimulus }: Place): Footprint {
  const lines = step.map(({ log, index }) => logs[log]!.lines[index]!);
  const { shards, due } = judge.state;
  const common = written(stimulus!, lines);
  // Were a machine up, the turn would place somebody.
  const isInVain =
    stimulus!.type === 'turn' && due.placed.length === 0 && shards[stimulus!.shard]!.queued > 0;
  return {
    ...common,
    isOpaque: common.isOpaque || isInVain,
    logs: new Set(step.map(({ log }) => log)),
    machines: new Set(due.touched.map(({ id }) => id)),
    lo,
    hi: Math.min(...lines.map(({ at }) => at + skewMs)),
  };
}

/** What the footprint of the step will be that the next line of a log begins, as far as this log tells. */
export function foreseenFootprint({ logs, skewMs }: Puzzle, { taken, lo }: Place, log: number): Footprint {
  const { lines, node } = logs[log]!;
  const first = taken[log]!;
  const begun = lines[first]!;
  const rest: NodeLine[] = [];
  for (let index = first + 1; lines[index]?.decision != null; index++) rest.push(lines[index]!);
  const placed = rest.flatMap(({ decision }) => (decision?.type === 'place' ? [decision.machine] : []));
  const machines = new Set('machine' in node ? [node.machine] : placed);
  const concerned = logs.flatMap(({ node: other }, index) =>
    'machine' in other && machines.has(other.machine) ? [index] : [],
  );
  return {
    logs: new Set([log, ...concerned]),
    ...written(begun.stimulus!, rest),
    machines,
    lo: Math.max(lo, begun.at - skewMs),
    hi: begun.at + skewMs,
  };
}

type Written = Pick<Footprint, 'unloads' | 'lists' | 'changesWhoIsUp' | 'isOpaque'>;

function written(stimulus: Stimulus, lines: readonly NodeLine[]): Written {
  const lists = new Set<number>();
  for (const { decision } of lines) {
    if (decision?.type === 'list' || decision?.type === 'relist' || decision?.type === 'unlist') {
      lists.add(decision.shard);
    }
  }
  const { type } = stimulus;
  const changesWhoIsUp = type === 'join' || type === 'drain' || type === 'crash';
  const ends = lines.some(({ decision }) => decision?.type === 'complete' || decision?.type === 'kill');
  return {
    ...{ lists, changesWhoIsUp, unloads: ends || type === 'crash' },
    isOpaque: type === 'boot' || type === 'restart',
  };
}

/**
 * Whether all that may happen before a step could as well happen after it, with the same effect. It is asked of every line
 * that may come before, whatever step it belongs to.
 *
 * @param taken how many lines of each log were taken before the step, or after it.
 */
export function movesToTheFront(
  { logs, skewMs }: Puzzle,
  taken: readonly number[],
  footprint: Footprint,
): boolean {
  if (footprint.isOpaque) return false;
  for (const [log, { lines, node }] of logs.entries()) {
    const head = lines[taken[log]!];
    if (head === undefined) continue;
    // Were it to come first, this line would come too late.
    if (head.at + skewMs < footprint.lo) return false;
    if (footprint.logs.has(log)) continue;
    for (let index = taken[log]!; index < lines.length; index++) {
      const line = lines[index]!;
      if (line.at - skewMs > footprint.hi) break;
      if ('machine' in node && footprint.machines.has(node.machine)) return false;
      if (isTold(line, lines[index + 1]?.decision ?? null, footprint)) return false;
    }
  }
  return true;
}

/**
 * Whether the step of a line reads what the footprint wrote, or writes it in another way.
 *
 * @param next the decision that stands behind it in its log.
 */
function isTold({ stimulus, decision }: NodeLine, next: Decision | null, footprint: Footprint): boolean {
  const { machines, lists, changesWhoIsUp, unloads } = footprint;
  const type = stimulus?.type ?? decision!.type;
  // Machines that were on its list may join others.
  if (type === 'restart') return machines.size > 0 || lists.size > 0;
  if (stimulus?.type === 'turn') {
    const placesByPoll = next?.type !== 'place' || next.via === 'poll';
    return lists.has(stimulus.shard) || (changesWhoIsUp && placesByPoll);
  }
  if (decision?.type === 'place') {
    if (machines.has(decision.machine) || lists.has(decision.shard)) return true;
    return unloads && decision.via === 'poll' && decision.polled.some((id) => machines.has(id));
  }
  return decision?.type === 'list' && decision.polled.some((shard) => lists.has(shard));
}
