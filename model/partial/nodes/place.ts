import type { Decision, Stimulus } from '../../alphabet.ts';
import { emptyTally } from '../../coverage.ts';
import { Judge } from '../../judge.ts';
import { invocationOf } from '../../unended.ts';
import { copyJudge } from '../copy.ts';
import { rulesAsked, withoutMoney } from './clocks.ts';
import type { LineRef, NodeLog, Whereabouts } from './node-lines.ts';

/** A line that fits only if the clocks were off in a certain way. */
export interface Ambiguity extends LineRef {
  readonly decision: Decision;
}

/** What is searched: the logs, and what of them need not be true. */
export interface Puzzle {
  readonly logs: readonly NodeLog[];
  /** By how much each clock is off at most, in ms. */
  readonly skewMs: number;
  /**
   * Of each log the lines that need not be true: they may be passed over, a stimulus may come at any time, and from there
   * on what their nodes decide may be filled in.
   */
  readonly loose: readonly ReadonlySet<number>[];
  readonly isAnyLoose: boolean;
}

/** A place in the search. What it holds is its own, except for what is read-only, which is never changed. */
export interface Place {
  judge: Judge;
  /** How many lines of each log have been taken. */
  readonly taken: number[];
  /** The earliest time at which what comes next can have happened, and the latest of the step in progress, in ms. */
  lo: number;
  hi: number;
  /** The stimulus of the step in progress; null: quiet. */
  stimulus: Stimulus | null;
  step: readonly LineRef[];
  /** Which beginning of a step in this search the step in progress is. */
  beginning: number;
  /** The quiet place that the step in progress began at, if it could have begun with another line. */
  begunAt: Place | null;
  steps: number;
  reorderable: number;
  ambiguities: readonly Ambiguity[];
  /** When each was enqueued, by the clock of its shard. */
  enqueuedAt: Map<number, number>;
}

/** Boot is in no log: it comes before all that is. */
export function bootedPlace({ logs, skewMs }: Puzzle): Place {
  const { config } = logs[0]!;
  const known = skewMs === 0 ? config : withoutMoney(config);
  const judge = new Judge(known, emptyTally(), rulesAsked(skewMs));
  const first = Math.min(...logs.map(({ lines }) => lines[0]?.at ?? Number.POSITIVE_INFINITY));
  const lo = Number.isFinite(first) ? Math.max(0, first - skewMs) : 0;
  const stimulus: Stimulus = { type: 'boot' };
  judge.model.stimulate(lo, stimulus);
  return {
    ...{ judge, taken: logs.map(() => 0), lo, hi: Number.POSITIVE_INFINITY, stimulus, step: [] },
    ...{ beginning: 0, begunAt: null, steps: 0, reorderable: 0, ambiguities: [] },
    enqueuedAt: new Map<number, number>(),
  };
}

export function copyPlace(place: Place): Place {
  return {
    ...place,
    judge: copyJudge(place.judge),
    taken: [...place.taken],
    enqueuedAt: new Map(place.enqueuedAt),
  };
}

export function whereaboutsIn({ state }: Judge): Whereabouts {
  return {
    machineOf: (id) => invocationOf(state.invocations, id)?.machine?.id ?? null,
    shardOf: (id) => invocationOf(state.invocations, id)?.shard ?? null,
  };
}
