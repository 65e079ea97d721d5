import type { Decision, Stimulus } from '../../alphabet.ts';
import { emptyTally } from '../../coverage.ts';
import { ImpossibleStimulus } from '../../input-error.ts';
import { Judge } from '../../judge.ts';
import { permitted } from '../../permitted.ts';
import { impossibility } from '../../stimuli.ts';
import { invocationOf } from '../../unended.ts';
import { copyJudge } from '../copy.ts';
import { keyOf } from '../key.ts';
import { effectWithoutCause } from './causes.ts';
import { type ByTheClocks, byTheClocks, rulesAsked, withoutMoney } from './clocks.ts';
import { type InTurns, throughout } from './in-turns.ts';
import {
  isSameNode,
  type LineRef,
  type NodeLine,
  type NodeLog,
  nodeOfDecision,
  nodeOfStimulus,
} from './node-lines.ts';

/** A line that fits only if the clocks were off in a certain way. */
export interface Ambiguity extends LineRef {
  readonly decision: Decision;
}

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
}

/** A place in the search. What it holds is its own, except for notes, which are never changed. */
interface Place {
  judge: Judge;
  readonly taken: number[];
  /** The earliest time at which what comes next can have happened, and the latest of the step in progress, in ms. */
  lo: number;
  hi: number;
  /** The stimulus of the step in progress; null: quiet. */
  stimulus: Stimulus | null;
  step: readonly LineRef[];
  steps: number;
  reorderable: number;
  ambiguities: readonly Ambiguity[];
  enqueuedAt: Map<number, number>;
}

/** What may come next. */
type Move =
  | { readonly kind: 'stimulus' | 'decision'; readonly log: number }
  | { readonly kind: 'skip'; readonly log: number }
  | { readonly kind: 'fill'; readonly decision: Decision };

/** So many places with other ways to go on are kept; older ones are dropped. */
const MOST_OPEN = 2000;

/** The first attempt looks at so many states. */
const FIRST_ATTEMPT = 1000;

/** So many states are looked at before others have their turn. */
const STATES_IN_TURN = 64;

/** So many states are remembered, so as not to be looked at twice. */
const MOST_REMEMBERED = 200_000;

/**
 * Looks for an order of the lines of several logs that respects the order of each, in which all lines of a step are
 * within the skew of one time, times do not run backwards, and every step is permitted by the rules.
 */
export class Reconciler {
  private readonly logs: readonly NodeLog[];
  private readonly options: SearchOptions;
  private readonly loose: readonly Set<number>[];
  private readonly target: readonly number[];
  private readonly open: { place: Place; move: Move }[] = [];
  private readonly seen = new Set<string>();
  /** How often each log could not go on. */
  private readonly blames: number[];
  private furthest: Furthest | null = null;
  private furthestCount = -1;
  private cut = false;
  private isGivenUp = false;

  constructor(logs: readonly NodeLog[], options: SearchOptions) {
    this.logs = logs;
    this.options = options;
    this.loose = logs.map((_, log) => {
      const ofIt = (options.loose ?? []).filter((ref) => ref.log === log);
      return new Set(ofIt.map(({ index }) => index));
    });
    this.blames = logs.map(() => 0);
    this.target = options.target ?? logs.map(({ lines }) => lines.length);
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
    if (this.options.target === undefined) {
      const effect = effectWithoutCause(this.logs, this.options.skewMs);
      if (effect !== null) {
        this.note(this.booted());
        return { ...this.result(null, false), effect };
      }
    }
    let left = this.options.mostStates;
    for (let states = FIRST_ATTEMPT; ; states *= 2) {
      this.cut = false;
      this.seen.clear();
      this.open.length = 0;
      const isLast = states >= left;
      const place = yield* this.attempt(Math.min(states, left));
      if (place !== null || !this.cut || isLast || this.isGivenUp) return this.result(place, place !== null);
      left -= states;
    }
  }

  /** @returns where all lines are taken; null when no order was found, within so many states. */
  private *attempt(mostStates: number): InTurns<Place | null> {
    let place: Place | null = this.booted();
    for (let states = 0; place !== null; states++) {
      if (states % STATES_IN_TURN === STATES_IN_TURN - 1) this.isGivenUp = !(yield);
      if (states > mostStates || this.isGivenUp) {
        this.cut = true;
        return null;
      }
      this.note(place);
      if (this.isDone(place)) return place;
      const moves = this.moves(place);
      if (moves === 'ended') {
        place.stimulus = null;
        place.steps++;
        place.step = [];
        if (!this.isNew(place)) place = this.next();
        continue;
      }
      const [move, ...others] = moves;
      if (move === undefined) {
        this.blame(place);
        place = this.next();
        continue;
      }
      const here: Place = place;
      if (others.length > 0) {
        if (here.stimulus === null) here.reorderable++;
        const base = copyPlace(here);
        this.open.push(...others.map((other) => ({ place: base, move: other })).reverse());
        if (this.open.length > MOST_OPEN) {
          this.open.splice(0, this.open.length - MOST_OPEN);
          this.cut = true;
        }
      }
      place = this.go(here, move) ? here : this.next();
    }
    return null;
  }

  /** Notes which log could not go on: the one whose next line is the earliest. */
  private blame({ taken }: Place): void {
    let earliest = -1;
    let at = Number.POSITIVE_INFINITY;
    for (const [log, { lines }] of this.logs.entries()) {
      const line = lines[taken[log]!];
      if (line === undefined || line.at >= at) continue;
      at = line.at;
      earliest = log;
    }
    if (earliest >= 0) this.blames[earliest]!++;
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

  /** Boot is in no log: it comes before all that is. */
  private booted(): Place {
    const { config } = this.logs[0]!;
    const known = this.options.skewMs === 0 ? config : withoutMoney(config);
    const judge = new Judge(known, emptyTally(), rulesAsked(this.options.skewMs));
    const first = Math.min(...this.logs.map(({ lines }) => lines[0]?.at ?? Number.POSITIVE_INFINITY));
    const lo = Number.isFinite(first) ? Math.max(0, first - this.options.skewMs) : 0;
    const stimulus: Stimulus = { type: 'boot' };
    judge.model.stimulate(lo, stimulus);
    return {
      ...{ judge, taken: this.logs.map(() => 0), lo, hi: Number.POSITIVE_INFINITY, stimulus, step: [] },
      ...{ steps: 0, reorderable: 0, ambiguities: [], enqueuedAt: new Map<number, number>() },
    };
  }

  private isDone({ taken, stimulus }: Place): boolean {
    if (this.options.target === undefined && stimulus !== null) return false;
    return taken.every((count, log) => count >= this.target[log]!);
  }

  /** The next place that was left open. */
  private next(): Place | null {
    for (let open = this.open.pop(); open !== undefined; open = this.open.pop()) {
      const place = copyPlace(open.place);
      if (this.go(place, open.move)) return place;
    }
    return null;
  }

  /** Whether the search comes to a quiet state for the first time. */
  private isNew(place: Place): boolean {
    if (this.open.length === 0) return true;
    const key = `${place.taken.join(' ')} ${place.lo} ${keyOf(place.judge.state, null, this.options.skewMs === 0)}`;
    if (this.seen.has(key)) return false;
    if (this.seen.size < MOST_REMEMBERED) this.seen.add(key);
    return true;
  }

  private note(place: Place): void {
    const count = place.taken.reduce((sum, each) => sum + each, 0);
    if (count <= this.furthestCount) return;
    this.furthestCount = count;
    const { taken, step, judge, stimulus } = place;
    this.furthest = { taken: [...taken], step, judge: copyJudge(judge), stimulus };
  }

  /** What may come next at a place; `ended`: the step in progress owes nothing, and nothing more belongs to it. */
  private moves(place: Place): readonly Move[] | 'ended' {
    const skips = this.skips(place);
    if (skips.length > 0) return skips;
    if (place.stimulus === null) return this.stimuli(place);
    const decisions = this.decisions(place);
    const fills = this.fills(place);
    // Whether a machine leaves a list before another joins one makes a difference; the rest can come in any order.
    const inAnyOrder = decisions.find(
      ({ decision }) => decision.type !== 'list' && decision.type !== 'unlist',
    );
    const seen = (inAnyOrder === undefined ? decisions : [inAnyOrder]).map(
      ({ log }): Move => ({ kind: 'decision', log }),
    );
    if (seen.length + fills.length > 0) return [...seen, ...fills];
    return place.judge.judgeEnd(place.stimulus) === null ? 'ended' : [];
  }

  /** Loose decisions are passed over as soon as they are next. */
  private skips({ taken }: Place): readonly Move[] {
    for (const [log, { lines }] of this.logs.entries()) {
      const index = taken[log]!;
      if (this.loose[log]!.has(index) && lines[index]?.decision !== null) return [{ kind: 'skip', log }];
    }
    return [];
  }

  /** The stimuli that may come next, the earliest by their own clocks first. */
  private stimuli(place: Place): readonly Move[] {
    const { skewMs } = this.options;
    const heads = this.logs.flatMap(({ lines }, log) => {
      const line = lines[place.taken[log]!];
      return line === undefined ? [] : [{ log, line, isLoose: this.loose[log]!.has(place.taken[log]!) }];
    });
    const firm = heads.filter(({ isLoose }) => !isLoose);
    const latest = Math.min(...firm.map(({ line }) => line.at + skewMs));
    if (place.lo > latest) return [];
    const ready = heads.filter(({ line, isLoose, log }) => this.mayHappen(place, line, log, isLoose, latest));
    // Nobody but its shard sees what is submitted, and the log of the shard says when.
    const submitted = ready.find(({ line, isLoose, log }) => {
      const answer = this.logs[log]!.lines[place.taken[log]! + 1] ?? line;
      return !isLoose && line.stimulus!.type === 'submit' && answer.at - skewMs <= place.lo;
    });
    if (submitted !== undefined) return [{ kind: 'stimulus', log: submitted.log }];
    const most = Math.max(1, ...this.blames);
    // A turn tells most of the state that it meets.
    const rank = ({ log, line }: (typeof ready)[number]) =>
      line.at - skewMs * (2 * (this.blames[log]! / most) + (line.stimulus!.type === 'turn' ? 1 : 0));
    const tie = ({ log, line }: (typeof ready)[number]) =>
      -this.blames[log]! - (line.stimulus!.type === 'turn' ? 0.5 : 0);
    return ready
      .sort((a, b) => rank(a) - rank(b) || tie(a) - tie(b) || a.log - b.log)
      .flatMap(({ log, isLoose }): Move[] => {
        const take: Move = { kind: 'stimulus', log };
        return isLoose ? [take, { kind: 'skip', log }] : [take];
      });
  }

  private mayHappen(
    place: Place,
    { at, stimulus }: NodeLine,
    log: number,
    isLoose: boolean,
    latest: number,
  ): boolean {
    if (stimulus === null) return false;
    if (isLoose) return true;
    const { state } = place.judge;
    const lo = Math.max(place.lo, at - this.options.skewMs);
    if (lo > latest || lo > at + this.options.skewMs) return false;
    const node = nodeOfStimulus(stimulus, whereaboutsIn(place.judge));
    if (node === null || !isSameNode(node, this.logs[log]!.node)) return false;
    return impossibility(state, lo, stimulus) === null;
  }

  /** The decisions that are next in their logs, belong to the step in progress and are permitted. */
  private decisions(place: Place): readonly { log: number; decision: Decision }[] {
    const where = whereaboutsIn(place.judge);
    const found: { log: number; decision: Decision }[] = [];
    for (const [log, { lines, node }] of this.logs.entries()) {
      const line = lines[place.taken[log]!];
      const decision = line?.decision ?? null;
      if (decision === null) continue;
      const decider = nodeOfDecision(decision, where);
      if (decider === null || !isSameNode(decider, node)) continue;
      if (this.opinion(place, decision, line!.at) !== 'no') found.push({ log, decision });
    }
    return found;
  }

  /** What the rules and the clocks say of a decision. */
  private opinion(place: Place, decision: Decision, at: number): ByTheClocks {
    const { skewMs } = this.options;
    if (place.judge.model.examine(decision) !== null) return 'no';
    return skewMs === 0
      ? 'yes'
      : byTheClocks(this.logs[0]!.config, place.judge, decision, at, place.enqueuedAt, skewMs);
  }

  /** What nodes with a loose line may have decided instead. */
  private fills(place: Place): readonly Move[] {
    const loosened = this.logs.filter((_, log) => {
      const [first] = [...this.loose[log]!].sort((a, b) => a - b);
      return first !== undefined && place.taken[log]! >= first;
    });
    if (loosened.length === 0) return [];
    const where = whereaboutsIn(place.judge);
    const moves: Move[] = [];
    for (const decision of permitted(place.judge.model)) {
      const decider = nodeOfDecision(decision, where);
      if (decider === null || !loosened.some(({ node }) => isSameNode(node, decider))) continue;
      moves.push({ kind: 'fill', decision });
      if (moves.length === MOST_FILLS) break;
    }
    return moves;
  }

  /** Makes a move. @returns whether it was possible. */
  private go(place: Place, move: Move): boolean {
    const { judge, taken } = place;
    if (move.kind === 'skip') {
      taken[move.log]!++;
      return true;
    }
    if (move.kind === 'fill') return this.apply(place, move.decision, null);
    const line = this.logs[move.log]!.lines[taken[move.log]!]!;
    const ref: LineRef = { log: move.log, index: taken[move.log]! };
    if (move.kind === 'decision') {
      if (!this.within(place, line.at)) return false;
      taken[move.log]!++;
      place.step = [...place.step, ref];
      return this.apply(place, line.decision!, { ref, at: line.at });
    }
    const isLoose = this.loose[move.log]!.has(taken[move.log]!);
    place.hi = Number.POSITIVE_INFINITY;
    if (!isLoose && !this.within(place, line.at)) return false;
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
  private within(place: Place, at: number): boolean {
    place.lo = Math.max(place.lo, at - this.options.skewMs);
    place.hi = Math.min(place.hi, at + this.options.skewMs);
    return place.lo <= place.hi;
  }

  private apply(place: Place, decision: Decision, from: { ref: LineRef; at: number } | null): boolean {
    const { judge } = place;
    try {
      if (from !== null && this.opinion(place, decision, from.at) === 'maybe') {
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
}

/** At a loose line no more than this is tried. */
const MOST_FILLS = 16;

function copyPlace(place: Place): Place {
  return {
    ...place,
    judge: copyJudge(place.judge),
    taken: [...place.taken],
    enqueuedAt: new Map(place.enqueuedAt),
  };
}

function whereaboutsIn({ state }: Judge) {
  return {
    machineOf: (id: number) => invocationOf(state.invocations, id)?.machine?.id ?? null,
    shardOf: (id: number) => invocationOf(state.invocations, id)?.shard ?? null,
  };
}
