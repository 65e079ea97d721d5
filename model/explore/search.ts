import type { Step } from '../alphabet.ts';
import { addTally, emptyTally, type Tally } from '../coverage.ts';
import { type BatchResult, expandBatch } from './batch.ts';
import { Column, type Numbers } from './blocks.ts';
import type { Expander, LeftOut, Wrong } from './expander.ts';
import { ROOT, stepsToWrong } from './steps-to.ts';
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
  /** What the edges are read from. */
  readonly columns: EdgeColumns;
  readonly tally: Tally;
  /** Steps after which nothing was explored: see {@link LeftOut}. */
  readonly leftOut: LeftOut;
  /** The first state that was sought: none is reached by fewer steps. Null where there is none, or none was sought. */
  readonly sought: number | null;
  /** Where it goes on, if it was ended early with nothing wrong; null otherwise. */
  readonly pause: Pause | null;
}

/** How far a search has come. */
export interface Pause extends EdgeColumns {
  /** The next state to be expanded, and the first that is not of its level. */
  readonly from: number;
  readonly levelEnd: number;
  readonly depth: number;
}

/** The edges, and where those of each state begin that was expanded. */
export interface EdgeColumns {
  readonly targets: Column;
  readonly starts: Column;
}

/** The edges of so many states. Whatever was not expanded has none. */
export function edgesOf({ targets, starts }: EdgeColumns, states: number): Edges {
  const { length } = targets;
  return {
    targets,
    starts: { length: states + 1, at: (state) => (state < starts.length ? starts.at(state) : length) },
  };
}

/** A search that was ended early, to go on from. */
export type Begun = Pause & Pick<Exploration, 'visited' | 'steps' | 'tally' | 'leftOut'>;

/** Steps that lead to something wrong in the last of them. */
export interface Counterexample {
  readonly wrong: Wrong;
  readonly steps: readonly Step[];
}

/** The graph: the successors of each state, as numbers of states. */
export interface Edges {
  readonly targets: Numbers;
  /** Where the targets of each state begin; one more than there are states. */
  readonly starts: Numbers;
}

export interface SearchOptions {
  /** Asked before each batch, and waited for; false ends the exploration early. */
  readonly goOn: (progress: SearchProgress) => Promise<boolean>;
  /** Whether a packed state is one that is sought: the exploration ends where the first is found. */
  readonly sought?: (words: Int32Array, offset: number) => boolean;
  /** Expands batches elsewhere, this many at a time; by default here, one at a time. */
  readonly elsewhere?: {
    readonly parallel: number;
    readonly expand: (states: Int32Array<ArrayBuffer>) => Promise<BatchResult>;
  };
  /** How many states make a batch; {@link BATCH} unless given. */
  readonly batch?: number;
  /** Whether what was thrown means no more than that nobody goes on: then the exploration ends early. */
  readonly endsIt?: (thrown: unknown) => boolean;
  /** An earlier search that is continued; of the same instance and subject. */
  readonly begun?: Begun;
}

export interface SearchProgress {
  readonly states: number;
  /** States that were reached and not yet expanded. */
  readonly frontier: number;
  readonly depth: number;
  readonly steps: number;
  /** Memory that may be needed before the next time this is asked, beside what is taken already, in bytes. */
  readonly bytesAhead: number;
}

/** So many states at most, by experience, does one lead to. */
const MOST_WAYS_OUT = 64;

/** How many states make a batch. */
const BATCH = 4096;

/**
 * Explores breadth first, so that what is found wrong is found by a shortest path. Ends at the first that is wrong, or
 * when there is nothing new. The result is the same wherever the batches are expanded.
 */
export async function search(expander: Expander, options: SearchOptions): Promise<Exploration> {
  const { begun, endsIt = () => false } = options;
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
  const graph = new GrowingGraph(expander, options);
  let wrong = await unlessEnded(() => graph.boot());
  let goesOn = graph.found === null;
  let { from, levelEnd, depth } = begun ?? { from: 0, levelEnd: graph.visited.size, depth: 1 };
  const batches = new BatchQueue(expander, graph.visited, options, from);
  while (from < graph.visited.size && wrong === null && goesOn) {
    const { size } = graph.visited;
    if (from === levelEnd) {
      depth++;
      levelEnd = size;
    }
    const { steps, bytesAhead } = graph;
    goesOn = await options.goOn({ states: size, frontier: size - from, depth, steps, bytesAhead });
    if (!goesOn) break;
    const first = from;
    wrong = await unlessEnded(async () => {
      const { count, result } = batches.next(levelEnd);
      from += count;
      return graph.take(first, await result);
    });
    goesOn = graph.found === null;
  }
  // The last level has no successors that are new.
  const deepest = graph.visited.size > levelEnd ? depth + 1 : depth;
  const isPaused = !goesOn && graph.found === null;
  return {
    states: graph.visited.size,
    steps: graph.steps,
    depth: graph.visited.size === 0 ? 0 : deepest,
    complete: goesOn && wrong === null && graph.leftOut.impossible + graph.leftOut.outside === 0,
    counterexample:
      wrong === null || wrong === 'ended'
        ? null
        : stepsToWrong(expander, graph.visited, wrong.parent, wrong.ordinal),
    visited: graph.visited,
    edges: edgesOf(graph.columns, graph.visited.size),
    columns: graph.columns,
    tally: graph.tally,
    leftOut: graph.leftOut,
    sought: graph.found,
    pause: isPaused ? { from, levelEnd, depth, ...graph.columns } : null,
  };
}

/** Some states that are being expanded. */
interface Batch {
  readonly count: number;
  readonly result: BatchResult | Promise<BatchResult>;
}

/**
 * The states in batches, in order; several are under way if there are workers to expand them. Nobody waits for the end of
 * a level: states of the next are expanded as soon as a batch of them is known. A batch is of one level.
 */
class BatchQueue {
  private readonly underWay: Batch[] = [];
  private readonly expander: Expander;
  private readonly visited: Visited;
  private readonly options: SearchOptions;
  private from: number;

  constructor(expander: Expander, visited: Visited, options: SearchOptions, from: number) {
    this.expander = expander;
    this.visited = visited;
    this.options = options;
    this.from = from;
  }

  /** @param levelEnd the first state that is not of the level of the next batch. */
  next(levelEnd: number): Batch {
    const { underWay, visited } = this;
    const { elsewhere, batch = BATCH } = this.options;
    const ahead = elsewhere?.parallel ?? 1;
    while (underWay.length < ahead && this.from < visited.size) {
      const left = (this.from < levelEnd ? levelEnd : visited.size) - this.from;
      // The next level may still become longer. So batches are the same however many are under way.
      if (left < batch && this.from >= levelEnd) break;
      const count = Math.min(left, batch);
      underWay.push({ count, result: this.expand(visited.copy(this.from, this.from + count)) });
      this.from += count;
    }
    return underWay.shift()!;
  }

  private expand(states: Int32Array<ArrayBuffer>): BatchResult | Promise<BatchResult> {
    const { elsewhere } = this.options;
    return elsewhere === undefined ? expandBatch(this.expander, states) : elsewhere.expand(states);
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
  readonly leftOut: LeftOut;
  steps: number;
  /** The first state that was sought. */
  found: number | null = null;
  private readonly expander: Expander;
  private readonly sought: SearchOptions['sought'];
  private readonly isBegun: boolean;
  private readonly targets: Column;
  private readonly starts: Column;

  constructor(expander: Expander, { sought, begun }: SearchOptions) {
    this.expander = expander;
    this.sought = sought;
    this.isBegun = begun !== undefined;
    this.visited = begun?.visited ?? new Visited(expander.packing.words);
    this.tally = begun?.tally ?? emptyTally(expander.tally.met.length);
    this.leftOut = begun === undefined ? { impossible: 0, outside: 0 } : { ...begun.leftOut };
    this.steps = begun?.steps ?? 0;
    this.targets = begun?.targets ?? new Column();
    this.starts = begun?.starts ?? new Column();
  }

  /** The states after `boot`, unless they are known: a subject must boot in any case before it is put into a state. */
  boot(): WrongTurn | null {
    if (this.isBegun) {
      this.expander.boot(() => true);
      return null;
    }
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
      this.starts.push(this.targets.length);
      const count = counts[index]!;
      for (let ordinal = 0; ordinal < count; ordinal++) {
        const added = this.visited.add(words, at, parent, ordinal);
        if (this.sought !== undefined) this.look(added, words, at);
        at += width;
        this.targets.push(added < 0 ? ~added : added);
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

  /** Of the next batch: states, the table and the edges to them. */
  get bytesAhead(): number {
    const ways = BATCH * MOST_WAYS_OUT;
    // Edges are numbered in 32 bits.
    if (this.targets.length > MOST_EDGES - ways) return Number.POSITIVE_INFINITY;
    return this.visited.bytesFor(ways) + 4 * (ways + BATCH);
  }

  /** What goes on in another search. */
  get columns(): EdgeColumns {
    return { targets: this.targets, starts: this.starts };
  }
}

const MOST_EDGES = 2 ** 31 - 1;
