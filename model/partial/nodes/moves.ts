import type { Decision } from '../../alphabet.ts';
import { permitted } from '../../permitted.ts';
import { impossibility } from '../../stimuli.ts';
import { type ByTheClocks, byTheClocks } from './clocks.ts';
import { foreseenFootprint, movesToTheFront } from './footprint.ts';
import { isSameNode, type NodeLine, nodeOfDecision, nodeOfStimulus } from './node-lines.ts';
import { type Place, type Puzzle, whereaboutsIn } from './place.ts';

/** What may come next. */
export type Move =
  | { readonly kind: 'stimulus' | 'decision'; readonly log: number }
  | { readonly kind: 'skip'; readonly log: number }
  | { readonly kind: 'fill'; readonly decision: Decision };

/**
 * What may come next at a place, the likeliest first; `ended`: the step in progress owes nothing, and nothing more belongs
 * to it.
 *
 * @param blames how often each log could not go on.
 */
export function movesAt(puzzle: Puzzle, place: Place, blames: readonly number[]): readonly Move[] | 'ended' {
  const skips = skipsAt(puzzle, place);
  if (skips.length > 0) return skips;
  if (place.stimulus === null) return stimuliAt(puzzle, place, blames);
  const decisions = decisionsAt(puzzle, place);
  const fills = fillsAt(puzzle, place);
  // Whether a machine leaves a list before another joins one makes a difference; the rest can come in any order.
  const inAnyOrder = decisions.find(({ decision }) => decision.type !== 'list' && decision.type !== 'unlist');
  const seen = (inAnyOrder === undefined ? oneOfEachKind(decisions) : [inAnyOrder]).map(
    ({ log }): Move => ({ kind: 'decision', log }),
  );
  if (seen.length + fills.length > 0) return [...seen, ...fills];
  return place.judge.judgeEnd(place.stimulus) === null ? 'ended' : [];
}

/** What the rules and the clocks say of a decision. */
export function opinionOn(
  { logs, skewMs }: Puzzle,
  place: Place,
  decision: Decision,
  at: number,
): ByTheClocks {
  if (place.judge.model.examine(decision) !== null) return 'no';
  return skewMs === 0
    ? 'yes'
    : byTheClocks(logs[0]!.config, place.judge, decision, at, place.enqueuedAt, skewMs);
}

/** Loose decisions are passed over as soon as they are next. */
function skipsAt({ logs, loose, isAnyLoose }: Puzzle, { taken }: Place): readonly Move[] {
  if (!isAnyLoose) return [];
  for (const [log, { lines }] of logs.entries()) {
    const index = taken[log]!;
    if (loose[log]!.has(index) && lines[index]?.decision !== null) return [{ kind: 'skip', log }];
  }
  return [];
}

interface Ready {
  readonly log: number;
  readonly line: NodeLine;
  readonly isLoose: boolean;
}

/** The stimuli that may come next: what stands in nobody's way first, then the earliest by their own clocks. */
function stimuliAt(puzzle: Puzzle, place: Place, blames: readonly number[]): readonly Move[] {
  const { logs, skewMs, loose } = puzzle;
  const heads = logs.flatMap(({ lines }, log): Ready[] => {
    const line = lines[place.taken[log]!];
    return line === undefined ? [] : [{ log, line, isLoose: loose[log]!.has(place.taken[log]!) }];
  });
  const latest = Math.min(...heads.filter(({ isLoose }) => !isLoose).map(({ line }) => line.at + skewMs));
  if (place.lo > latest) return [];
  const ready = heads.filter((head) => mayHappen(puzzle, place, head, latest));
  if (ready.length < 2 && !puzzle.isAnyLoose) return ready.map(({ log }) => ({ kind: 'stimulus', log }));
  // Nobody but its shard sees what is submitted, and the log of the shard says when.
  const submitted = ready.find(({ line, isLoose, log }) => {
    const answer = logs[log]!.lines[place.taken[log]! + 1] ?? line;
    return !isLoose && line.stimulus!.type === 'submit' && answer.at - skewMs <= place.lo;
  });
  if (submitted !== undefined) return [{ kind: 'stimulus', log: submitted.log }];
  const most = Math.max(1, ...blames);
  // A turn tells most of the state that it meets.
  const isTurn = ({ line }: Ready) => (line.stimulus!.type === 'turn' ? 1 : 0);
  const ranked = ready.map((head) => {
    const blame = blames[head.log]!;
    const isAlone =
      !puzzle.isAnyLoose && movesToTheFront(puzzle, place.taken, foreseenFootprint(puzzle, place, head.log));
    return {
      ...head,
      isLater: isAlone ? 0 : 1,
      rank: head.line.at - skewMs * (2 * (blame / most) + isTurn(head)),
      tie: -blame - isTurn(head) / 2,
    };
  });
  return ranked
    .sort((a, b) => a.isLater - b.isLater || a.rank - b.rank || a.tie - b.tie || a.log - b.log)
    .flatMap(({ log, isLoose }): Move[] => {
      const take: Move = { kind: 'stimulus', log };
      return isLoose ? [take, { kind: 'skip', log }] : [take];
    });
}

function mayHappen(
  { logs, skewMs }: Puzzle,
  { judge, lo: earliest }: Place,
  { log, line: { at, stimulus }, isLoose }: Ready,
  latest: number,
): boolean {
  if (stimulus === null) return false;
  if (isLoose) return true;
  const lo = Math.max(earliest, at - skewMs);
  if (lo > latest || lo > at + skewMs) return false;
  const node = nodeOfStimulus(stimulus, whereaboutsIn(judge));
  if (node === null || !isSameNode(node, logs[log]!.node)) return false;
  return impossibility(judge.state, lo, stimulus) === null;
}

interface Seen {
  readonly log: number;
  readonly decision: Decision;
}

/** The decisions that are next in their logs, belong to the step in progress and are permitted. */
function decisionsAt(puzzle: Puzzle, place: Place): readonly Seen[] {
  const where = whereaboutsIn(place.judge);
  const found: Seen[] = [];
  for (const [log, { lines, node }] of puzzle.logs.entries()) {
    const line = lines[place.taken[log]!];
    const decision = line?.decision ?? null;
    if (decision === null) continue;
    const decider = nodeOfDecision(decision, where);
    if (decider === null || !isSameNode(decider, node)) continue;
    if (opinionOn(puzzle, place, decision, line!.at) !== 'no') found.push({ log, decision });
  }
  return found;
}

/**
 * Of machines that join the same list by the same poll one is enough: each joins once in a step, and the others then can do
 * what it could.
 */
function oneOfEachKind(found: readonly Seen[]): readonly Seen[] {
  const kinds = new Set<string>();
  return found.filter(({ decision }) => {
    if (decision.type !== 'list') return true;
    const kind = `${decision.shard} ${[...decision.polled].sort((a, b) => a - b).join(' ')}`;
    const isNew = !kinds.has(kind);
    kinds.add(kind);
    return isNew;
  });
}

/** At a loose line no more than this is tried. */
const MOST_FILLS = 16;

/** What nodes with a loose line may have decided instead. */
function fillsAt({ logs, loose, isAnyLoose }: Puzzle, { judge, taken }: Place): readonly Move[] {
  if (!isAnyLoose) return [];
  const loosened = logs.filter((_, log) => {
    const first = Math.min(...loose[log]!);
    return taken[log]! >= first;
  });
  if (loosened.length === 0) return [];
  const where = whereaboutsIn(judge);
  const moves: Move[] = [];
  for (const decision of permitted(judge.model)) {
    const decider = nodeOfDecision(decision, where);
    if (decider === null || !loosened.some(({ node }) => isSameNode(node, decider))) continue;
    moves.push({ kind: 'fill', decision });
    if (moves.length === MOST_FILLS) break;
  }
  return moves;
}
