import { type Snapshot, STAGE } from '../snapshot.ts';
import type { Expander } from './expander.ts';
import type { Packing } from './packing.ts';
import type { ReachedStates } from './reached-states.ts';
import type { Edges } from './search.ts';
import { StateReader } from './state-reader.ts';

/** How often those that wait are overtaken, over all paths of a complete exploration. */
export interface Overtaking {
  /** The most placements that went to invocations which arrived after one that still waits. */
  readonly most: number;
  /** The longest after it that one of them arrived, in ms. */
  readonly latestMs: number;
  /** Placements that overtake beyond the bound of the paper; none, if the claim holds. */
  readonly beyondBound: number;
  /** A state from which one of these is reached in a step. */
  readonly witness: number | null;
}

/**
 * Counts, along every path of the graph, how often each waiting invocation has been overtaken at its shard: what the
 * paper bounds (section 3.2). If an invocation of price p has waited for w ms at a turn, no invocation of any price p′
 * that arrived more than w · (1 − p/p′) ms after it may be placed before it.
 *
 * It reads only packed states, which hold the ages of all that wait: no model, no rule, no checker. A path carries a
 * counter for each invocation; where paths meet, the greater one goes on. Counters only rise, and at most to the number
 * of placements, which is bounded: nobody returns to a queue except by one of finitely many crashes. So this ends even if
 * the graph has cycles. Whoever returns waits anew, from then on.
 *
 * @throws Error when a counter does not end: then a cycle places somebody, which no graph of XX has.
 */
export function countOvertaking(
  { packing }: Pick<Expander, 'packing'>,
  { visited, edges }: { readonly visited: ReachedStates; readonly edges: Edges },
  prices: readonly number[],
): Overtaking {
  const reader = new StateReader(packing);
  const here = reader.snapshot;
  const count = here.invocations.length;
  const counters = new Uint16Array(visited.size * count);
  const again = new Uint8Array(visited.size).fill(1);
  const found = { most: 0, latestMs: 0, beyondBound: 0, witness: null as number | null };
  for (let open = true, first = true; open; first = false) {
    open = false;
    for (let state = 0; state < visited.size; state++) {
      if (again[state] === 0) continue;
      again[state] = 0;
      reader.read(visited, state);
      const waiting = waitingIn(here);
      if (waiting.length === 0) continue;
      for (let edge = edges.starts.at(state)!, end = edges.starts.at(state + 1)!; edge < end; edge++) {
        const target = edges.targets.at(edge)!;
        const words = visited.blockOf(target);
        const offset = visited.offsetOf(target);
        const placed = placedOf(waiting, packing, words, offset);
        for (const id of waiting) {
          if (packing.stageIn(words, offset, id) !== STAGE.queued) continue;
          let overtaken = counters[state * count + id]!;
          const lagMs = placed < 0 ? -1 : lagBehind(here, id, placed);
          if (lagMs > 0) {
            overtaken++;
            if (overtaken > MOST_COUNTED) throw new Error(endless(id));
            if (overtaken > found.most) found.most = overtaken;
            if (lagMs > found.latestMs) found.latestMs = lagMs;
            if (first && isBeyondBound(here, id, placed, prices)) {
              found.beyondBound++;
              found.witness ??= state;
            }
          }
          if (overtaken <= counters[target * count + id]!) continue;
          counters[target * count + id] = overtaken;
          if (target <= state) open = true;
          again[target] = 1;
        }
      }
    }
  }
  return found;
}

/** A counter has 16 bits. */
const MOST_COUNTED = 65_535;

function endless(id: number): string {
  return `invocation ${id} is overtaken more than ${MOST_COUNTED} times: a cycle of the graph places somebody, again and again`;
}

/** The invocations that are queued. */
function waitingIn({ invocations }: Snapshot): number[] {
  const waiting: number[] = [];
  for (let id = 0; id < invocations.length; id++) {
    if (invocations[id]!.stage === STAGE.queued) waiting.push(id);
  }
  return waiting;
}

/**
 * Who of those that waited no longer does in the next state, which is packed; -1 for nobody. A turn places one, and
 * nothing else takes anybody off a queue.
 */
function placedOf(waiting: readonly number[], packing: Packing, words: Int32Array, offset: number): number {
  for (const id of waiting) {
    if (packing.stageIn(words, offset, id) !== STAGE.queued) return id;
  }
  return -1;
}

/** How long after `waits` the other one arrived at the same shard, in ms; negative if it came before, or elsewhere. */
function lagBehind({ invocations }: Snapshot, waits: number, other: number): number {
  const [one, two] = [invocations[waits]!, invocations[other]!];
  return one.shard === two.shard ? one.ageMs - two.ageMs : -1;
}

/** The bound without its fraction: p′ · lag > w · (p′ − p). */
function isBeyondBound(here: Snapshot, waits: number, placed: number, prices: readonly number[]): boolean {
  const one = here.invocations[waits]!;
  const price = prices[one.class]!;
  const newcomerPrice = prices[here.invocations[placed]!.class]!;
  return newcomerPrice * lagBehind(here, waits, placed) > one.ageMs * (newcomerPrice - price);
}
