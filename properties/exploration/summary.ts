import { type Coverage, coverageOf } from '../../model/coverage.ts';
import type { LeftOut } from '../../model/explore/expander.ts';
import type { Liveness } from '../../model/explore/liveness.ts';
import type { Overtaking } from '../../model/explore/overtaking.ts';
import type { Counterexample, Exploration } from '../../model/explore/search.ts';
import type { PropertySummary } from '../campaign/summary.ts';
import { propertyOf } from '../catalogue.ts';
import { whyNotApplicable } from '../parts.ts';
import { askedOf, isAsked } from '../play/asked.ts';
import { timesMet } from '../play/tally.ts';
import { EXPLORABLE, type Subject } from './expanders.ts';
import type { SecondPaths } from './process-expander.ts';
import type { Reached } from './reach.ts';
import { type ExplorationViolation, violationOf } from './violations.ts';

export interface LackOfMemory {
  needed: number;
  free: number;
}

/** What an exploration reports, as JSON has it. */
export interface CheckSummary {
  /** A scheduler, or `model`. */
  subject: string;
  instance: Subject['instance'];
  states: number;
  steps: number;
  depth: number;
  complete: boolean;
  /** After how many states it ended, where there were more; null otherwise. */
  endedAt: number | null;
  /** How much memory it would have needed next, and how much was free, in bytes, where it ended for that; null otherwise. */
  lacksMemory: LackOfMemory | null;
  /** The file from which it goes on (`--resume`), where it ended early; null otherwise. */
  kept: string | null;
  /** Why there is none, where it could not be written. */
  keptNot?: string;
  /** Steps after which nothing was explored; none where everything is judged. */
  leftOut: LeftOut;
  seconds: number;
  statesPerSecond: number;
  properties: PropertySummary[];
  violations: ExplorationViolation[];
  /**
   * Of a process, what was compared of states that several paths lead to: it may remember more than the model knows of a
   * state. Null for others, which are put into a state.
   */
  secondPaths: SecondPaths | null;
  /** Judged when the exploration is complete. */
  liveness: Omit<Liveness, 'witness'> | null;
  /** How often those that wait are overtaken: counted when the exploration is complete. */
  overtaking: Omit<Overtaking, 'witness'> | null;
  /** For how many states those that were explored stand, each for all that differ from it in who is called what; absent where each stands for itself. */
  standFor?: number;
  coverage: Coverage;
  /** What was found of a state that was asked for; absent where none was. */
  reached?: Reached;
  /** Why the graph could not be written; absent when it was, or none was wanted. The verdict does not wait for it. */
  unwritten?: string;
}

/** What the graph of a complete exploration says. */
export interface Graph {
  readonly liveness: Liveness;
  /** Not counted where names change from step to step. */
  readonly overtaking: Overtaking | null;
}

/** What was explored, and within which bound. */
type Explored = Subject &
  Parameters<typeof violationOf>[0] & {
    readonly maxStates: number;
    readonly secondPaths: SecondPaths | null;
  };

/** Writes down what was found, and sums up an exploration; its memory and its files are left to whoever knows of them. */
export function summarize(
  options: Explored,
  exploration: Exploration,
  graph: Graph | null,
  found: readonly Counterexample[],
  seconds: number,
): CheckSummary {
  const { states, steps, depth, complete, tally, leftOut } = exploration;
  return {
    subject: options.scheduler ?? 'model',
    instance: options.instance,
    states,
    steps,
    depth,
    complete,
    endedAt: states > options.maxStates && !complete ? options.maxStates : null,
    lacksMemory: null,
    kept: null,
    leftOut,
    seconds,
    statesPerSecond: seconds > 0 ? Math.round(states / seconds) : 0,
    properties: propertiesShown(options, exploration, found),
    violations: found.map((wrong) => violationOf(options, wrong)),
    secondPaths: options.secondPaths,
    liveness: graph === null ? null : withoutWitness(graph.liveness),
    overtaking: graph === null || graph.overtaking === null ? null : withoutWitness(graph.overtaking),
    coverage: coverageOf(tally, options.instance.paging !== undefined),
  };
}

function withoutWitness<Judged extends { witness: unknown }>({ witness: _, ...judged }: Judged) {
  return judged;
}

/** What an exploration has shown of each property that it judges. */
function propertiesShown(
  { properties, instance }: Subject,
  { complete, tally, states }: Exploration,
  found: readonly Counterexample[],
): PropertySummary[] {
  const asked = askedOf(properties);
  return EXPLORABLE.filter((id) => isAsked(asked, id)).map((id): PropertySummary => {
    const met = id === 'everything-drains' ? states : timesMet(tally, id);
    if (found.some(({ wrong }) => wrong.rule === id)) return { id, met, verdict: 'violated', why: null };
    const whyNot = whyNotApplicable(id, instance.without ?? []);
    if (whyNot !== null) return { id, met, verdict: 'not applicable', why: whyNot };
    if (met === 0) {
      return { id, met, verdict: 'not shown', why: `it never happened that ${propertyOf(id).premise}` };
    }
    if (complete) return { id, met, verdict: 'holds', why: null };
    return { id, met, verdict: 'not shown', why: 'not everything was explored' };
  });
}
