import type { Decision, Step } from '../alphabet.ts';
import { addTally, emptyTally, type Tally } from '../coverage.ts';
import { type BatchResult, doubled, expandBatch } from './batch.ts';
import type { Expander, LeftOut, Successor, Wrong } from './expander.ts';
import { ExplorationError } from './exploration-error.ts';
import { Visited } from './visited.ts';

/** What an exploration has found. */
export interface Exploration {
  /** Distinct canonical states. */
  readonly states: number;
  /** Steps judged: the edges of the graph. */
  readonly steps: number;
  /** Levels of the breadth-first search; the state after `boot` is at depth 1. */
  readonly depth: number;
  /** Whether every state was expanded, nothing left out, and nothing wrong found. */
  readonly complete: boolean;
  /** The shortest way to something wrong. */
  readonly counterexample: Counterexample | null;
  readonly visited: Visited;
  readonly edges: Edges;
  readonly tally: Tally;
  /** Steps after which nothing was explored: see {@link LeftOut}. */
  readonly leftOut: LeftOut;
  /** The first state that was sought: none is reached by fewer steps. Null where there is none, or none was sought. */
  readonly sought: number | null;
}

/** Steps that lead to something wrong in the last of them. */
export interface Counterexample {
  readonly wrong: Wrong;
  readonly steps: readonly Step[];
}

/** The graph: the successors of each state, as numbers of states. */
export interface Edges {
  readonly targets: Int32Array;
  /** Where the targets of each state begin; one more than there are states. */
  readonly starts: Int32Array;
}

export interface SearchOptions {
  /** Asked before each batch, and waited for; false ends the exploration early. */
  readonly goOn: (progress: SearchProgress) => Promise<boolean>;
  /** Whether a packed state is one that is sought: the exploration ends where the first is found. */
  readonly sought?: (words: Int32Array, offset: number) => boolean;
  /** How many states are expanded before `goOn` is asked again. */
  readonly batch?: number;
  /** Whether what was thrown means no more than that nobody goes on: then the exploration ends early. */
  readonly endsIt?: (thrown: unknown) => boolean;
  /** Expands batches elsewhere, this many at a time; by default here, one at a time. */
  readonly elsewhere?: {
    readonly parallel: number;
    readonly expand: (states: Int32Array<ArrayBuffer>) => Promise<BatchResult>;
  };
}

export interface SearchProgress {
  readonly states: number;
  /** States that were reached and not yet expanded. */
  readonly frontier: number;
  readonly depth: number;
  readonly steps: number;
  /** Memory that may be needed all at once before the next time this is asked, beside what is taken already, in bytes. */
  readonly bytesAhead: number;
}

/** So many states at most, by experience, does one lead to. */
const MOST_WAYS_OUT = 64;

/** How many states make a batch. */
const BATCH = 4096;

/** The parent of the states after `boot`. */
const ROOT = -1;

/**
 * Explores breadth first, so that what is found wrong is found by a shortest path. Ends at the first that is wrong, or
 * when there is nothing new. The result is the same wherever the batches are expanded.
 */
export async function search(expander: Expander, options: SearchOptions): Promise<Exploration> {
  const graph = new GrowingGraph(expander, options.sought);
  const { batch = BATCH, endsIt = () => false } = options;
  const unlessEnded = async (
    work: () => WrongTurn | null | Promise<WrongTurn | null>,
  ): Promise<WrongTurn | null | 'ended'> => {
    try {
      return await work();
    } catch (thrown) {
      if (!endsIt(thrown)) throw thrown;
      return 'ended';
    }
  };
  let wrong = await unlessEnded(() => graph.boot());
  let depth = graph.visited.size > 0 ? 1 : 0;
  let goesOn = graph.found === null;
  for (let from = 0; from < graph.visited.size && wrong === null && goesOn; depth++) {
    const levelEnd = graph.visited.size;
    const batches = new BatchQueue(expander, graph.visited, options, from, levelEnd);
    for (; from < levelEnd && wrong === null && goesOn; from = Math.min(from + batch, levelEnd)) {
      const { size } = graph.visited;
      const { steps, bytesAhead } = graph;
      goesOn = await options.goOn({ states: size, frontier: size - from, depth, steps, bytesAhead });
      if (!goesOn) break;
      const first = from;
      wrong = await unlessEnded(async () => graph.take(first, await batches.next()));
      goesOn = graph.found === null;
    }
    // The last level has no successors that are new.
    if (graph.visited.size === levelEnd) break;
  }
  return {
    states: graph.visited.size,
    steps: graph.steps,
    depth,
    complete: goesOn && wrong === null && graph.leftOut.impossible + graph.leftOut.outside === 0,
    counterexample: wrong === null || wrong === 'ended' ? null : traceOf(expander, graph.visited, wrong),
    visited: graph.visited,
    edges: graph.edges(),
    tally: graph.tally,
    leftOut: graph.leftOut,
    sought: graph.found,
  };
}

/** The batches of a level, in order; several are under way if there are workers to expand them. */
class BatchQueue {
  private readonly underWay: (BatchResult | Promise<BatchResult>)[] = [];
  private readonly expander: Expander;
  private readonly visited: Visited;
  private readonly options: SearchOptions;
  private from: number;
  private readonly end: number;

  constructor(expander: Expander, visited: Visited, options: SearchOptions, from: number, end: number) {
    this.expander = expander;
    this.visited = visited;
    this.options = options;
    this.from = from;
    this.end = end;
  }

  next(): BatchResult | Promise<BatchResult> {
    const { elsewhere, batch = BATCH } = this.options;
    const ahead = elsewhere?.parallel ?? 1;
    while (this.underWay.length < ahead && this.from < this.end) {
      const width = this.expander.packing.words;
      const to = Math.min(this.from + batch, this.end);
      const states = this.visited.words.slice(this.from * width, to * width);
      this.underWay.push(
        elsewhere === undefined ? expandBatch(this.expander, states) : elsewhere.expand(states),
      );
      this.from = to;
    }
    return this.underWay.shift()!;
  }
}

/** A state and which of its successors, counted from 0, is wrong. */
interface WrongTurn {
  parent: number;
  ordinal: number;
}

/** States and edges as they are found. */
class GrowingGraph {
  readonly visited: Visited;
  readonly tally: Tally;
  readonly leftOut: LeftOut = { impossible: 0, outside: 0 };
  steps = 0;
  /** The first state that was sought. */
  found: number | null = null;
  private readonly expander: Expander;
  private readonly sought: SearchOptions['sought'];
  private targets = new Int32Array(1 << 12);
  private starts = new Int32Array(1 << 12);
  private edgeCount = 0;
  private expanded = 0;

  constructor(expander: Expander, sought: SearchOptions['sought']) {
    this.expander = expander;
    this.sought = sought;
    this.visited = new Visited(expander.packing.words);
    this.tally = emptyTally(expander.tally.met.length);
  }

  boot(): WrongTurn | null {
    let wrong: WrongTurn | null = null;
    let ordinal = 0;
    this.expander.boot((successor, words) => {
      this.steps++;
      if (successor.wrong === null) this.look(this.visited.add(words, 0, ROOT, ordinal++), words, 0);
      else wrong = { parent: ROOT, ordinal };
      return wrong === null;
    });
    addTally(this.tally, this.expander.tally);
    this.leaveOut(this.expander.leftOut);
    return wrong;
  }

  /** Takes in the successors of the states from `from` on. */
  take(from: number, { words, counts, wrongAt, tally, leftOut }: BatchResult): WrongTurn | null {
    addTally(this.tally, tally);
    this.leaveOut(leftOut);
    const width = this.expander.packing.words;
    let at = 0;
    for (let index = 0; index < counts.length; index++) {
      const parent = from + index;
      if (this.expanded + 1 >= this.starts.length) this.starts = doubled(this.starts);
      this.starts[this.expanded++] = this.edgeCount;
      const count = counts[index]!;
      for (let ordinal = 0; ordinal < count; ordinal++) {
        const added = this.visited.add(words, at, parent, ordinal);
        if (this.sought !== undefined) this.look(added, words, at);
        at += width;
        if (this.edgeCount === this.targets.length) this.targets = doubled(this.targets);
        this.targets[this.edgeCount++] = added < 0 ? ~added : added;
      }
      this.steps += count;
      if (index === wrongAt) {
        this.steps++;
        return { parent, ordinal: count };
      }
    }
    return null;
  }

  /** Whether a state that was added is the first that is sought. */
  private look(added: number, words: Int32Array, at: number): void {
    if (added >= 0 && this.found === null && this.sought?.(words, at)) this.found = added;
  }

  private leaveOut({ impossible, outside }: LeftOut): void {
    this.leftOut.impossible += impossible;
    this.leftOut.outside += outside;
    this.steps += impossible + outside;
  }

  /** Where what is kept has to grow in the next batch, twice what it is. */
  get bytesAhead(): number {
    const { visited, targets, starts, edgeCount } = this;
    const ways = BATCH * MOST_WAYS_OUT;
    return (
      (visited.room < ways ? 2 * visited.bytes : 0) +
      (targets.length - edgeCount < ways ? 2 * targets.byteLength : 0) +
      (starts.length - this.expanded < BATCH ? 2 * starts.byteLength : 0)
    );
  }

  edges(): Edges {
    const starts = new Int32Array(this.visited.size + 1).fill(this.edgeCount);
    starts.set(this.starts.subarray(0, this.expanded));
    return { targets: this.targets.subarray(0, this.edgeCount), starts };
  }
}

/** The steps from `boot` to what is wrong, remade from parents and ordinals unless somebody knows them. */
function traceOf(expander: Expander, visited: Visited, wrong: WrongTurn): Counterexample {
  if (expander.found != null) return expander.found;
  const steps = stepsTo(expander, visited, wrong.parent);
  const last = remake(expander, visited, wrong.parent, wrong.ordinal);
  const at = (steps.at(-1)?.at ?? 0) + last.afterMs;
  if (last.wrong === null) throw new ExplorationError({ kind: 'remembers' });
  return {
    wrong: last.wrong,
    steps: [...steps, { at, stimulus: last.stimulus, decisions: [...last.decisions] }],
  };
}

/** A shortest trace that leads to a state. */
export function stepsTo(expander: Expander, visited: Visited, state: number): Step[] {
  const known = state === ROOT ? [] : expander.wayTo?.(visited.words, state * expander.packing.words);
  if (known !== undefined) return [...known];
  const path: number[] = [];
  for (let on = state; on !== ROOT; on = visited.parents[on]!) path.push(on);
  let at = 0;
  return path.reverse().map((on) => {
    const made = remake(expander, visited, visited.parents[on]!, visited.ordinals[on]!);
    at += made.afterMs;
    return { at, stimulus: made.stimulus, decisions: [...made.decisions] as Decision[] };
  });
}

/** The successor of a state that has this number. */
function remake(expander: Expander, visited: Visited, parent: number, ordinal: number): Successor {
  let left = ordinal;
  let found: Successor | null = null;
  const visit = (successor: Successor): boolean => {
    if (left-- > 0) return true;
    found = successor;
    return false;
  };
  if (parent === ROOT) expander.boot(visit);
  else expander.expand(visited.words, parent * expander.packing.words, visit);
  if (found === null) throw new Error(`state ${parent} has no successor ${ordinal}`);
  return found;
}
