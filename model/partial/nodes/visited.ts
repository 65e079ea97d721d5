import { keyOf } from '../key.ts';
import type { Place, Puzzle } from './place.ts';

/** So many places are remembered, so as not to be looked at twice. */
const MOST_REMEMBERED = 200_000;

/** Places that a search has come to. */
export class Visited {
  private readonly keys = new Set<string>();
  private readonly puzzle: Puzzle;

  constructor(puzzle: Puzzle) {
    this.puzzle = puzzle;
  }

  clear(): void {
    this.keys.clear();
  }

  /** Whether the search comes to a place for the first time. */
  isNew(place: Place): boolean {
    const key = this.puzzle.isAnyLoose ? this.wholeKey(place) : keyOfOrder(place);
    if (this.keys.has(key)) return false;
    if (this.keys.size < MOST_REMEMBERED) this.keys.add(key);
    return true;
  }

  /** Where lines are loose, what was taken does not tell what has happened. */
  private wholeKey(place: Place): string {
    const { taken, lo, judge, beginning, stimulus } = place;
    const inStep = stimulus === null ? '' : beginning;
    return `${taken.join(' ')} ${lo} ${inStep} ${keyOf(judge.state, null, this.puzzle.skewMs === 0)}`;
  }
}

/**
 * The lines that were taken tell nearly all of the state: every log has its order. What they leave open is in which order
 * logs met: in which order invocations came to a machine, and what an idle list counted since its entry was written.
 * Within a step it is enough to know the lines and where the step began.
 */
function keyOfOrder({ taken, stimulus, beginning, judge }: Place): string {
  if (stimulus !== null) return `s${beginning} ${taken.join(' ')}`;
  const parts: (string | number)[] = [...taken];
  for (const { live, entry } of judge.state.machines) {
    parts.push('m');
    for (const { id } of live) parts.push(id);
    if (entry !== null) parts.push('e', entry.shard, entry.functions);
  }
  return parts.join(' ');
}
