import type { DecisionType } from '../alphabet.ts';
import type { Judge } from '../judge.ts';
import { copyJudge } from './copy.ts';
import type { UnseenLists } from './unseen-lists.ts';

/** A state that fits all that was seen so far. */
export interface Candidate {
  readonly judge: Judge;
  /** Null where the log says which idle list a machine joins. */
  readonly lists: UnseenLists | null;
}

/** An independent copy, also within a step. */
export function copyCandidate({ judge, lists }: Candidate): Candidate {
  return { judge: copyJudge(judge), lists: lists === null ? null : lists.copy() };
}

/** How often decisions of each type were filled in. */
export type FilledIn = Partial<Record<DecisionType, number>>;
