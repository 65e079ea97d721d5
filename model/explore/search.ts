import type { Decision, Step, Stimulus } from '../alphabet.ts';
import type { Expander, Successor, Wrong } from './expander.ts';
import { Visited } from './visited.ts';

/** What an exploration has found. */
export interface Exploration {
  /** Distinct canonical states. */
  readonly states: number;
  /** Steps judged: the transitions of the graph, and those that failed. */
  readonly steps: number;
  /** States on the longest of the shortest paths; the state after `boot` is at depth 1. */
  readonly depth: number;
  /** Whether every state was expanded. */
  readonly complete: boolean;
  /** The shortest way to something wrong. */
  readonly counterexample: Counterexample | null;
  readonly visited: Visited;
  /** The graph: for each state the states that its successors are, by `edgeStarts`. */
  readonly edges: Edges | null;
}

/** Steps that lead to something wrong in the last of them. */
export interface Counterexample {
  readonly wrong: Wrong;
  readonly steps: readonly Step[];
}

export interface Edges {
  readonly targets: Int32Array;
  /** Where the targets of each state begin; one more than there are states. */
  readonly starts: Int32Array;
}

export interface SearchOptions {
  /** Asked now and then; false ends the exploration early. */
  readonly goOn: (progress: SearchProgress) => boolean;
  /** Whether to keep the edges, for liveness. */
  readonly keepEdges: boolean;
}

export interface SearchProgress {
  readonly states: number;
  readonly frontier: number;
  readonly depth: number;
  readonly steps: number;
}

/** How many states are expanded between two looks at `goOn`. */
const STRIDE = 1024;

/**
 * Explores breadth first, so that what is found wrong is found by a shortest path. Ends at the first that is wrong, or
 * when there is nothing new.
 */
export function search(expander: Expander, { goOn, keepEdges }: SearchOptions): Exploration {
  const visited = new Visited(expander.packing.words);
  const edges = keepEdges ? new GrowingEdges() : null;
  let steps = 0;
  let failed: { parent: number; successor: Successor } | null = null;
  let parent = ROOT;
  let ordinal = 0;
  const visit = (successor: Successor, words: Int32Array): boolean => {
    steps++;
    if (successor.wrong !== null) {
      failed = { parent, successor };
      return false;
    }
    const added = visited.add(words, 0, parent, ordinal++);
    edges?.add(added < 0 ? ~added : added);
    return true;
  };
  expander.boot(visit);
  edges?.forgetAll();
  let depth = failed === null ? 1 : 0;
  let levelEnd = visited.size;
  let complete = failed === null;
  for (let state = 0; state < visited.size && failed === null; state++) {
    if (state === levelEnd) {
      depth++;
      levelEnd = visited.size;
    }
    if (
      state % STRIDE === 0 &&
      !goOn({ states: visited.size, frontier: visited.size - state, depth, steps })
    ) {
      complete = false;
      break;
    }
    parent = state;
    ordinal = 0;
    edges?.begin();
    expander.expand(visited.words, state * expander.packing.words, visit);
    if (failed !== null) complete = false;
  }
  return {
    states: visited.size,
    steps,
    depth,
    complete,
    counterexample: failed === null ? null : traceOf(expander, visited, failed),
    visited,
    edges: edges?.finished() ?? null,
  };
}

/** The parent of the states after `boot`. */
const ROOT = -1;

/** The steps from `boot` to what failed, remade from parents and ordinals. */
function traceOf(
  expander: Expander,
  visited: Visited,
  failed: { parent: number; successor: Successor },
): Counterexample {
  const path: number[] = [];
  for (let state = failed.parent; state !== ROOT; state = visited.parents[state]!) path.push(state);
  path.reverse();
  const steps: Step[] = [];
  let at = 0;
  const push = ({
    afterMs,
    stimulus,
    decisions,
  }: Pick<Successor, 'afterMs' | 'stimulus' | 'decisions'>): void => {
    at += afterMs;
    steps.push({ at, stimulus, decisions: [...decisions] });
  };
  for (const state of path) push(remake(expander, visited, state));
  push(failed.successor);
  return { wrong: failed.successor.wrong!, steps };
}

/** The successor by which a state was first reached. */
export function remake(
  expander: Expander,
  visited: Visited,
  state: number,
): { afterMs: number; stimulus: Stimulus; decisions: readonly Decision[] } {
  const parent = visited.parents[state]!;
  let left = visited.ordinals[state]!;
  let found: Successor | null = null;
  const visit = (successor: Successor): boolean => {
    if (left-- > 0) return true;
    found = successor;
    return false;
  };
  if (parent === ROOT) expander.boot(visit);
  else expander.expand(visited.words, parent * expander.packing.words, visit);
  return found!;
}

/** Edges in the order in which they are found, growing by doubling. */
class GrowingEdges {
  private targets = new Int32Array(1 << 12);
  private starts = new Int32Array(1 << 12);
  private size = 0;
  private states = 0;

  begin(): void {
    if (this.states + 1 >= this.starts.length) this.starts = doubled(this.starts);
    this.starts[this.states++] = this.size;
  }

  add(target: number): void {
    if (this.size === this.targets.length) this.targets = doubled(this.targets);
    this.targets[this.size++] = target;
  }

  /** Boot has no source among the states. */
  forgetAll(): void {
    this.size = 0;
  }

  finished(): Edges {
    const starts = this.starts.slice(0, this.states + 1);
    starts[this.states] = this.size;
    return { targets: this.targets.subarray(0, this.size), starts };
  }
}

function doubled(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}
