import type { Stimulus } from '../../alphabet.ts';
import type { Judge } from '../../judge.ts';
import { copyJudge } from '../copy.ts';
import { effectWithoutCause } from './causes.ts';
import { footprintOf, movesToTheFront } from './footprint.ts';
import { go } from './go.ts';
import { Hopeless } from './hopeless.ts';
import { type InTurns, throughout } from './in-turns.ts';
import { type Move, movesAt } from './moves.ts';
import type { LineRef, NodeLog } from './node-lines.ts';
import { type Ambiguity, bootedPlace, copyPlace, type Place, type Puzzle } from './place.ts';
import { Visited } from './visited.ts';

/** How far the logs could be put into one order. */
export interface Reconciliation {
  /** Whether all of them could. */
  readonly fits: boolean;
  /** Whether the search was given up, or has dropped some orders: then that none fits says nothing. */
  readonly cut: boolean;
  /** Steps of the order that was found. */
  readonly steps: number;
  /** In how many of them another line could have come first. */
  readonly reorderable: number;
  readonly ambiguities: readonly Ambiguity[];
  /** An effect that comes before its causes, with the first of them; then no order was looked for. */
  readonly effect: readonly LineRef[] | null;
  /** Where the order that came furthest ended: how many lines of each log it has taken. */
  readonly furthest: Furthest;
}

export interface Furthest {
  readonly taken: readonly number[];
  /** The lines of the step that was in progress there. */
  readonly step: readonly LineRef[];
  /** The state there, in the step if one was in progress. */
  readonly judge: Judge;
  readonly stimulus: Stimulus | null;
}

/** What a search may be told. */
export interface SearchOptions {
  readonly skewMs: number;
  /** How many states are looked at before the search is given up. */
  readonly mostStates: number;
  /**
   * Lines that need not be true: they may be passed over, a stimulus may come at any time, and from there on what their
   * nodes decide may be filled in.
   */
  readonly loose?: readonly LineRef[];
  /** It is enough to take this many lines of each log; all of them unless given. */
  readonly target?: readonly number[];
  /** Whether orders are tried as well of which it is clear that they add nothing: to hold the search against itself. */
  readonly withoutShortCuts?: boolean;
}

/** So many places with other ways to go on are kept; older ones are dropped. */
const MOST_OPEN = 2000;

/** The first attempt looks at so many states. */
const FIRST_ATTEMPT = 1000;

/** So many states are looked at before others have their turn. */
const STATES_IN_TURN = 64;

/**
 * Looks for an order of the lines of several logs that respects the order of each, in which all lines of a step are
 * within the skew of one time, times do not run backwards, and every step is permitted by the rules.
 */
export class Reconciler {
  private readonly puzzle: Puzzle;
  private readonly mostStates: number;
  private readonly isPart: boolean;
  private readonly takesShortCuts: boolean;
  private readonly target: readonly number[];
  private readonly open: { place: Place; move: Move }[] = [];
  private readonly visited: Visited;
  private readonly hopeless: Hopeless;
  /** How often each log could not go on. */
  private readonly blames: number[];
  private furthest: Furthest | null = null;
  private furthestCount = -1;
  private beginnings = 0;
  private cut = false;
  private isGivenUp = false;

  constructor(logs: readonly NodeLog[], options: SearchOptions) {
    const { skewMs, mostStates, loose = [], target, withoutShortCuts = false } = options;
    this.puzzle = {
      ...{ logs, skewMs, isAnyLoose: loose.length > 0 },
      loose: logs.map((_, log) => new Set(loose.flatMap((ref) => (ref.log === log ? [ref.index] : [])))),
    };
    this.mostStates = mostStates;
    this.visited = new Visited(this.puzzle);
    this.hopeless = new Hopeless(this.puzzle);
    this.blames = logs.map(() => 0);
    this.isPart = target !== undefined;
    this.takesShortCuts = !withoutShortCuts && !this.isPart && loose.length === 0;
    this.target = target ?? logs.map(({ lines }) => lines.length);
  }

  /**
   * Searches several times over, each time for longer. What could not go on in one attempt is preferred in the next, and
   * the last attempt tries everything.
   */
  search(): Reconciliation {
    return throughout(this.searching());
  }

  /** The same in turns: whoever gives the next says whether it goes on, or is given up. */
  *searching(): InTurns<Reconciliation> {
    if (!this.isPart) {
      const effect = effectWithoutCause(this.puzzle.logs, this.puzzle.skewMs);
      if (effect !== null) {
        this.note(bootedPlace(this.puzzle));
        return { ...this.result(null, false), effect };
      }
    }
    let left = this.mostStates;
    for (let states = FIRST_ATTEMPT; ; states *= 2) {
      this.cut = false;
      this.visited.clear();
      this.open.length = 0;
      const isLast = states >= left;
      const place = yield* this.attempt(Math.min(states, left));
      if (place !== null || !this.cut || isLast || this.isGivenUp) return this.result(place, place !== null);
      left -= states;
    }
  }

  /** @returns where all lines are taken; null when no order was found, within so many states. */
  private *attempt(mostStates: number): InTurns<Place | null> {
    let place: Place | null = bootedPlace(this.puzzle);
    for (let states = 0; place !== null; states++) {
      if (states % STATES_IN_TURN === STATES_IN_TURN - 1) this.isGivenUp = !(yield);
      if (states > mostStates || this.isGivenUp) {
        this.cut = true;
        return null;
      }
      this.note(place);
      if (this.isDone(place)) return place;
      const moves = movesAt(this.puzzle, place, this.blames);
      if (moves === 'ended') {
        this.end(place);
        if (this.isHopeless(place)) place = this.next();
        else if (this.open.length > 0 && !this.visited.isNew(place)) place = this.next();
        continue;
      }
      const [move, ...others] = moves;
      if (move === undefined) {
        this.blame(place);
        place = this.next();
        continue;
      }
      if (others.length > 0) {
        if (place.stimulus !== null && !this.visited.isNew(place)) {
          place = this.next();
          continue;
        }
        this.leaveOpen(place, others);
      }
      place = this.make(place, move) ? place : this.next();
    }
    return null;
  }

  /** Whether some log can never go on; then it has the blame. */
  private isHopeless(place: Place): boolean {
    if (!this.takesShortCuts || !this.hopeless.is(place)) return false;
    this.note(place);
    this.blame(place);
    return true;
  }

  /** Ends the step in progress. If it could as well come first whatever comes before it, nothing else need come first. */
  private end(place: Place): void {
    const { begunAt } = place;
    if (begunAt !== null && this.takesShortCuts && this.open.some((each) => each.place === begunAt)) {
      const footprint = footprintOf(this.puzzle, place);
      if (movesToTheFront(this.puzzle, place.taken, footprint)) {
        const others = this.open.filter((each) => each.place !== begunAt);
        this.open.splice(0, this.open.length, ...others);
      }
    }
    place.begunAt = null;
    place.stimulus = null;
    place.steps++;
    place.step = [];
  }

  private leaveOpen(place: Place, others: readonly Move[]): void {
    if (place.stimulus === null) place.reorderable++;
    const base = copyPlace(place);
    if (place.stimulus === null) place.begunAt = base;
    this.open.push(...others.map((other) => ({ place: base, move: other })).reverse());
    if (this.open.length <= MOST_OPEN) return;
    this.open.splice(0, this.open.length - MOST_OPEN);
    this.cut = true;
  }

  /** The next place that was left open. */
  private next(): Place | null {
    for (let open = this.open.pop(); open !== undefined; open = this.open.pop()) {
      const place = copyPlace(open.place);
      if (place.stimulus === null) place.begunAt = open.place;
      if (this.make(place, open.move)) return place;
    }
    return null;
  }

  private make(place: Place, move: Move): boolean {
    if (move.kind === 'stimulus') place.beginning = ++this.beginnings;
    return go(this.puzzle, place, move);
  }

  private isDone({ taken, stimulus }: Place): boolean {
    if (!this.isPart && stimulus !== null) return false;
    return taken.every((count, log) => count >= this.target[log]!);
  }

  /** Notes which log could not go on: the one whose next line is the earliest. */
  private blame({ taken }: Place): void {
    let earliest = -1;
    let at = Number.POSITIVE_INFINITY;
    for (const [log, { lines }] of this.puzzle.logs.entries()) {
      const line = lines[taken[log]!];
      if (line === undefined || line.at >= at) continue;
      at = line.at;
      earliest = log;
    }
    if (earliest >= 0) this.blames[earliest]!++;
  }

  private note({ taken, step, judge, stimulus }: Place): void {
    const count = taken.reduce((sum, each) => sum + each, 0);
    if (count <= this.furthestCount) return;
    this.furthestCount = count;
    this.furthest = { taken: [...taken], step, judge: copyJudge(judge), stimulus };
  }

  private result(place: Place | null, fits: boolean): Reconciliation {
    return {
      fits,
      cut: this.cut && !fits,
      steps: place?.steps ?? 0,
      reorderable: place?.reorderable ?? 0,
      ambiguities: place?.ambiguities ?? [],
      effect: null,
      furthest: this.furthest!,
    };
  }
}
