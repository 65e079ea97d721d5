import type { RuleKind } from '../model/rules/index.ts';
import type { RuleId } from '../model/rules/rule.ts';

/**
 * How a property is to be understood, and therefore how it is tested. A rule says what it judges; it is judged after every
 * step, as safety is.
 */
export type PropertyKind =
  | RuleKind
  /** Something bad never happens: judged after every step. */
  | 'safety'
  /** Something good eventually happens: judged when a run is drained. */
  | 'liveness'
  /** Two runs of the same scenario relate: judged by running again. */
  | 'metamorphic'
  /** A mean over many runs is what theory says: judged by `npm run theory`, not by campaigns. */
  | 'statistical';

/** A property that is more than one rule. */
export type DerivedPropertyId =
  | 'no-priority-inversion'
  | 'bounded-low-class-starvation'
  | 'memory-never-exceeds-ram-plus-swap'
  | 'kills-are-the-last-resort'
  | 'nothing-swapped-for-a-lower-class'
  | 'will-run-runs'
  | 'no-thrash'
  | 'disk-priority'
  | 'steady'
  | 'lent'
  | 'conservation'
  | 'refuses-alike'
  | 'stays-exact'
  | 'pages-in-parts'
  | 'determinism'
  | 'immer-equals-direct'
  | 'everything-drains';

/** What is judged only where it is named: what XX itself does not reach, and what only other schedulers promise. */
export type OnRequestId =
  | 'no-crowding-on-a-machine'
  | 'no-crowding-across-machines'
  | 'no-crowding'
  | 'bounded-preemption'
  | 'places-nobody-in-vain'
  | 'openwhisk-home-before-spill'
  | 'knative-central-queue'
  | 'sparrow-launches-once'
  | 'sparrow-wastes-no-slot'
  | 'jiq-lists-once'
  | 'jiq-idle-before-random'
  | 'prequal-probes-within-its-pool'
  | 'prequal-cold-before-hot'
  | 'aws-reserved-floor'
  | 'aws-cap'
  | 'hermod-least-loaded-of-k'
  | 'kairos-runs-the-least-attained'
  | 'alps-runs-the-shortest-predicted'
  | 'srpt-runs-the-shortest-remaining'
  | 'edf-earliest-deadline-first'
  | 'kubernetes-evicts-only-strictly-lower'
  | 'kubernetes-evicts-only-if-nothing-fits';

export type PropertyId = DerivedPropertyId | OnRequestId | RuleId;

/** A property of the simulator, which campaigns do not play. */
export type StatisticalPropertyId =
  | 'processor-sharing'
  | 'preemptive-priorities'
  | 'delay-dependent'
  | 'erlang-c'
  | 'least-attained-service'
  | 'shortest-remaining'
  | 'power-of-choices'
  | 'join-idle-queue'
  | 'join-the-shortest-queue'
  | 'disk-queue'
  | 'littles-law';

export interface Property<Id = PropertyId> {
  readonly id: Id;
  /** What a table calls it. */
  readonly name: string;
  readonly sentence: string;
  readonly kind: PropertyKind;
  /** Section of the paper, without the sign. */
  readonly section: string;
  /** When it is put to the test: its "sometimes". A campaign in which that never happened has not shown it. */
  readonly premise: string;
  /** What must hold, in the notation of the pages, a line for each condition; absent where the sentence says it all. */
  readonly formula?: readonly string[];
  /** Whether it asks for nothing where a page moves at once. */
  readonly inTime?: true;
  /**
   * Of the model alone: it follows from its rules, whatever a scheduler does, so that no scheduler can break it and none
   * is tested for it.
   */
  readonly ofTheModel?: true;
  /** Judged only where it is named: it is no part of what a campaign asks by itself. */
  readonly onRequest?: true;
  /** The scheduler whose promise it is, by its name; nobody else is bound by it. */
  readonly promiseOf?: string;
  /** The rules that it follows from, if it does; itself, if it is a rule. */
  readonly rules: readonly RuleId[];
  /** Where it is judged, relative to the root of the project. */
  readonly judgedIn: string;
}
