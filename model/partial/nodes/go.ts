import type { Decision } from '../../alphabet.ts';
import { ImpossibleStimulus } from '../../input-error.ts';
import { impossibility } from '../../stimuli.ts';
import { type Move, opinionOn } from './moves.ts';
import type { LineRef } from './node-lines.ts';
import type { Place, Puzzle } from './place.ts';

/** Makes a move. @returns whether it was possible; if it was not, the place is of no more use. */
export function go(puzzle: Puzzle, place: Place, move: Move): boolean {
  const { judge, taken } = place;
  if (move.kind === 'skip') {
    taken[move.log]!++;
    return true;
  }
  if (move.kind === 'fill') return apply(puzzle, place, move.decision, null);
  const index = taken[move.log]!;
  const line = puzzle.logs[move.log]!.lines[index]!;
  const ref: LineRef = { log: move.log, index };
  if (move.kind === 'decision') {
    if (!isWithin(puzzle, place, line.at)) return false;
    taken[move.log]!++;
    place.step = [...place.step, ref];
    return apply(puzzle, place, line.decision!, { ref, at: line.at });
  }
  const isLoose = puzzle.loose[move.log]!.has(index);
  place.hi = Number.POSITIVE_INFINITY;
  if (!isLoose && !isWithin(puzzle, place, line.at)) return false;
  try {
    if (impossibility(judge.state, place.lo, line.stimulus!) !== null) return false;
    judge.steps++;
    judge.model.stimulate(place.lo, line.stimulus!);
  } catch (error) {
    if (error instanceof ImpossibleStimulus) return false;
    throw error;
  }
  place.stimulus = line.stimulus;
  place.step = [ref];
  taken[move.log]!++;
  return true;
}

/** Narrows the time of the step in progress by that of a line. @returns whether some time is left. */
function isWithin({ skewMs }: Puzzle, place: Place, at: number): boolean {
  place.lo = Math.max(place.lo, at - skewMs);
  place.hi = Math.min(place.hi, at + skewMs);
  return place.lo <= place.hi;
}

function apply(
  puzzle: Puzzle,
  place: Place,
  decision: Decision,
  from: { ref: LineRef; at: number } | null,
): boolean {
  const { judge } = place;
  try {
    if (from !== null && opinionOn(puzzle, place, decision, from.at) === 'maybe') {
      place.ambiguities = [...place.ambiguities, { ...from.ref, decision }];
    }
    if (judge.model.examine(decision) !== null) return false;
    judge.model.apply(decision);
  } catch (error) {
    if (error instanceof ImpossibleStimulus) return false;
    throw error;
  }
  if (decision.type === 'enqueue') place.enqueuedAt.set(decision.id, from?.at ?? place.lo);
  else if (decision.type === 'place') place.enqueuedAt.delete(decision.id);
  return true;
}
