import { freemem } from 'node:os';
import type { Step } from '../../model/alphabet.ts';
import { type Coverage, coverageOf } from '../../model/coverage.ts';
import type { BatchResult } from '../../model/explore/batch.ts';
import type { Expander, LeftOut } from '../../model/explore/expander.ts';
import { ExplorationError } from '../../model/explore/exploration-error.ts';
import { configurationOf, hasFaults } from '../../model/explore/instance.ts';
import { judgeLiveness, type Liveness } from '../../model/explore/liveness.ts';
import { countOvertaking, type Overtaking } from '../../model/explore/overtaking.ts';
import {
  type Counterexample,
  type Exploration,
  type SearchOptions,
  type SearchProgress,
  search,
  stepsTo,
} from '../../model/explore/search.ts';
import { InputError } from '../../model/input-error.ts';
import { StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { nameOf, refuseUnwritable } from '../../reference-impl/io/files.ts';
import { breathe } from '../breathe.ts';
import type { PropertySummary } from '../campaign/summary.ts';
import { type PropertyId, propertyOf } from '../catalogue.ts';
import type { Candidate } from '../contestants/contestants.ts';
import { whyNotApplicable } from '../parts.ts';
import { askedOf, isAsked, isEverything } from '../play/asked.ts';
import { Assessor } from '../play/assessor.ts';
import { emptyCampaignTally, timesMet } from '../play/tally.ts';
import { startWorkers } from '../workers.ts';
import { createExpander, EXPLORABLE, expanderOfProcess, type Subject } from './expanders.ts';
import { refuseGraphFile, writeGraph } from './graph-file.ts';
import { type Kept, keep } from './keep.ts';
import { askAround } from './near-misses.ts';
import { ProcessExpander, type Replayed, type SecondPaths } from './process-expander.ts';
import { keepWay, queryOf, type Reached, soughtBy } from './reach.ts';
import type { BatchAnswer, BatchTask } from './worker.ts';

/** What `xx check` was asked for. */
export interface CheckOptions extends Subject {
  readonly workers: number;
  /** The process that is explored in place of a scheduler of this package, and how it is run again. */
  readonly process?: { readonly replayed: Replayed; readonly candidate: Candidate };
  /** After so many states the exploration ends: they are kept in memory. As many as 1 GB holds unless given. */
  readonly maxStates?: number;
  /** Where counterexamples are written. */
  readonly out: string;
  /** The file that the graph is written to, if any. */
  readonly graph?: string;
  /** A state that is looked for, as a query or a module with a predicate; the exploration ends where it is found. */
  readonly reach?: string;
}

export interface CheckWorld {
  readonly nowMs: () => number;
  readonly interrupted: () => boolean;
  /** How much memory is free, in bytes; by default that of the machine. */
  readonly freeBytes?: () => number;
  readonly onProgress: (progress: SearchProgress & { elapsedMs: number }) => void;
}

/** Something wrong, at the end of a shortest path, and where it is kept. */
export interface ExplorationViolation extends Kept {
  rule: string;
  length: number;
  /** Properties beyond the rules that do not hold either where the refused step leads. */
  falls: PropertyId[];
  message: string;
}

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
  coverage: Coverage;
  /** What was found of a state that was asked for; absent where none was. */
  reached?: Reached;
  /** Why the graph could not be written; absent when it was, or none was wanted. The verdict does not wait for it. */
  unwritten?: string;
}

/**
 * Explores a bounded instance to its end, and writes the shortest counterexample if there is one.
 *
 * @throws ExplorationError when there is no such instance, or the scheduler cannot be explored.
 * @throws InputError when a property cannot be judged in this way, or a file cannot be written.
 */
export async function check(options: CheckOptions, world: CheckWorld): Promise<CheckSummary> {
  const expander = expanderFor(options);
  refuseUnwritable(options.out);
  if (options.graph !== undefined) refuseGraphFile(options.graph);
  const { reach, instance } = options;
  const query = reach === undefined ? undefined : await queryOf(reach, instance);
  const sought = query === undefined ? undefined : soughtBy(query, instance, expander);
  const startedAt = world.nowMs();
  const elapsedMs = (): number => world.nowMs() - startedAt;
  const explored = await explore(options, expander, world, elapsedMs, sought);
  const { exploration, lacksMemory } = explored;
  const graph = exploration.complete ? judgeGraph(options, expander, exploration) : null;
  if (exploration.complete && options.process === undefined && isEverything(askedOf(options.properties))) {
    askAround(instance, expander, exploration);
  }
  const found = violationsIn(options, expander, exploration, graph);
  if (found.length === 0 && exploration.leftOut.impossible > 0) {
    // Nothing that is asked was found, but there is an impossible decision: the shortest way to it.
    const other: CheckOptions = { ...options, properties: ['possible-decision'] };
    const again = await explore(other, expanderFor(other), world, elapsedMs);
    if (again.exploration.counterexample !== null) found.push(again.exploration.counterexample);
  }
  const secondPaths = expander instanceof ProcessExpander ? expander.secondPaths : null;
  const unwritten = graphUnwritten(options, expander, exploration);
  const reached =
    reach === undefined ? {} : { reached: keepWay({ ...options, reach }, expander, exploration) };
  const isWhole = secondPaths === null || secondPaths.differing === 0;
  const summary = summarize(
    { ...options, maxStates: mostStates(options, expander), secondPaths },
    { ...exploration, complete: exploration.complete && isWhole },
    graph,
    found,
    elapsedMs() / 1000,
  );
  return { ...summary, lacksMemory, ...reached, ...(unwritten === null ? {} : { unwritten }) };
}

/** Writes the graph, if it is wanted. @returns why it could not be written, if so. */
function graphUnwritten(options: CheckOptions, expander: Expander, exploration: Exploration): string | null {
  if (options.graph === undefined) return null;
  try {
    writeGraph(options.graph, options, expander, exploration);
    return null;
  } catch (error) {
    if (error instanceof StoppedWaiting)
      return `${nameOf(options.graph)}: the graph is not written: interrupted`;
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

function expanderFor(options: CheckOptions): Expander {
  const { process } = options;
  return process === undefined ? createExpander(options) : expanderOfProcess(options, process.replayed);
}

/** What the graph of a complete exploration says. */
interface Graph {
  readonly liveness: Liveness;
  readonly overtaking: Overtaking;
}

function judgeGraph({ instance }: CheckOptions, expander: Expander, exploration: Exploration): Graph {
  return {
    liveness: judgeLiveness(expander, exploration, { ram: instance.ram, hasFaults: hasFaults(instance) }),
    overtaking: countOvertaking(expander, exploration, instance.prices),
  };
}

/** What states take beside their words: who they come from, where they are looked for, and some steps that lead on. */
const BYTES_BESIDE = 60;
const MOST_BYTES = 1e9;

function mostStates({ maxStates }: CheckOptions, { packing }: Expander): number {
  return maxStates ?? Math.floor(MOST_BYTES / (4 * packing.words + BYTES_BESIDE));
}

async function explore(
  options: CheckOptions,
  expander: Expander,
  world: CheckWorld,
  elapsedMs: () => number,
  sought?: SearchOptions['sought'],
): Promise<{ exploration: Exploration; lacksMemory: LackOfMemory | null }> {
  const { instance, scheduler, properties } = options;
  const most = mostStates(options, expander);
  const workers =
    options.workers > 1 && options.process === undefined
      ? startWorkers<BatchTask, BatchAnswer>('exploration/worker', options.workers)
      : null;
  let lacksMemory: LackOfMemory | null = null;
  const { freeBytes = freemem } = world;
  try {
    const exploration = await search(expander, {
      ...(sought === undefined ? {} : { sought }),
      // Each state of a process may take minutes.
      ...(options.process === undefined
        ? {}
        : { batch: 1, endsIt: (thrown) => thrown instanceof StoppedWaiting }),
      goOn: async (progress) => {
        await breathe();
        world.onProgress({ ...progress, elapsedMs: elapsedMs() });
        const free = freeBytes();
        if (progress.bytesAhead > free) lacksMemory = { needed: progress.bytesAhead, free };
        return !world.interrupted() && progress.states <= most && lacksMemory === null;
      },
      ...(workers === null
        ? {}
        : {
            elsewhere: {
              parallel: workers.parallel,
              expand: (states) => {
                const subject = { instance, scheduler, properties };
                const batch = workers.run({ subject, states }, [states.buffer]).then(batchOf);
                // Once one cannot be expanded, the others under way are not waited for.
                batch.catch(() => {});
                return batch;
              },
            },
          }),
    });
    return { exploration, lacksMemory };
  } finally {
    await workers?.destroy();
  }
}

/** @throws ExplorationError when that is what a worker has answered. */
function batchOf(answer: BatchAnswer): BatchResult {
  if ('problem' in answer) throw new ExplorationError(answer.problem);
  return answer;
}

/** What is wrong in a step; or, where everything was explored, on the graph. */
function violationsIn(
  { properties }: CheckOptions,
  expander: Expander,
  exploration: Exploration,
  graph: Graph | null,
): Counterexample[] {
  const asked = askedOf(properties);
  const violations = exploration.counterexample === null ? [] : [exploration.counterexample];
  if (graph === null) return violations;
  const { witness } = graph.liveness;
  if (witness !== null && isAsked(asked, 'everything-drains')) {
    violations.push({
      wrong: {
        rule: 'everything-drains',
        message: 'in this state, or in the cycle that it is part of, an invocation lives forever',
      },
      steps: stepsTo(expander, exploration.visited, witness),
    });
  }
  const { overtaking } = graph;
  if (overtaking.witness !== null && isAsked(asked, 'bounded-low-class-starvation')) {
    violations.push({
      wrong: {
        rule: 'bounded-low-class-starvation',
        message: 'from this state a turn places one that arrived too late to overtake another that waits',
      },
      steps: stepsTo(expander, exploration.visited, overtaking.witness),
    });
  }
  return violations;
}

function summarize(
  options: CheckOptions & { maxStates: number; secondPaths: SecondPaths | null },
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
    leftOut,
    seconds,
    statesPerSecond: seconds > 0 ? Math.round(states / seconds) : 0,
    properties: propertiesShown(options, exploration, found),
    violations: found.map(({ wrong, steps: trace }) => {
      const { message, falls } = verdictOf(options, trace, wrong.rule);
      return {
        rule: wrong.rule,
        length: trace.length,
        falls,
        message: message ?? wrong.message,
        ...keep(options, wrong.rule, trace),
      };
    }),
    secondPaths: options.secondPaths,
    liveness: graph === null ? null : withoutWitness(graph.liveness),
    overtaking: graph === null ? null : withoutWitness(graph.overtaking),
    coverage: coverageOf(tally, options.instance.paging !== undefined),
  };
}

function withoutWitness<Judged extends { witness: unknown }>({ witness: _, ...judged }: Judged) {
  return judged;
}

/** What an exploration has shown of each property that it judges. */
function propertiesShown(
  { properties, instance }: CheckOptions,
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

/** The message when a trace is judged by itself: the step numbers of an exploration are not those of this trace. */
function verdictOf(
  { instance, properties }: CheckOptions,
  steps: readonly Step[],
  rule: string,
): { message: string | null; falls: PropertyId[] } {
  // Its last step has no decisions that could be judged.
  if (rule === 'refuses-alike') return { message: null, falls: [] };
  const sought = EXPLORABLE.filter((id) => id === rule);
  const asked = properties.length === 0 ? askedOf([]) : askedOf(sought);
  const assessor = new Assessor(configurationOf(instance), emptyCampaignTally(), asked);
  for (const { at, stimulus, decisions } of steps) {
    const finding = assessor.assess(at, stimulus, decisions);
    if (finding === null) continue;
    return { message: finding.message, falls: finding.falls.map(({ property }) => property) };
  }
  return { message: null, falls: [] };
}
