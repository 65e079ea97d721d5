import type { BatchResult } from '../../model/explore/batch.ts';
import type { Expander } from '../../model/explore/expander.ts';
import { ExplorationError } from '../../model/explore/exploration-error.ts';
import { hasFaults } from '../../model/explore/instance.ts';
import { BYTES_TO_JUDGE, judgeLiveness } from '../../model/explore/liveness.ts';
import { countOvertaking } from '../../model/explore/overtaking.ts';
import {
  type Counterexample,
  type Exploration,
  type SearchOptions,
  type SearchProgress,
  search,
} from '../../model/explore/search.ts';
import { stepsTo } from '../../model/explore/steps-to.ts';
import { InputError } from '../../model/input-error.ts';
import { StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { nameOf, refuseUnwritable } from '../../reference-impl/io/files.ts';
import { breathe } from '../breathe.ts';
import type { Candidate } from '../contestants/contestants.ts';
import { askedOf, isAsked, isEverything } from '../play/asked.ts';
import { startWorkers } from '../workers.ts';
import { createExpander, expanderOfProcess, type Subject } from './expanders.ts';
import { refuseGraphFile, writeGraph } from './graph-file.ts';
import { BYTES_LEFT_FREE, freeBytes as freeOfMachine } from './memory.ts';
import { askAround } from './near-misses.ts';
import { ProcessExpander, type Replayed } from './process-expander.ts';
import { keepWay, queryOf, soughtBy } from './reach.ts';
import { keepToResume, type Saved } from './saved.ts';
import { type CheckSummary, type Graph, type LackOfMemory, summarize } from './summary.ts';
import { refuseNames, statesStoodFor } from './symmetry.ts';
import type { BatchAnswer, BatchTask } from './worker.ts';

/** What `xx check` was asked for. */
export interface CheckOptions extends Subject {
  readonly workers: number;
  /** The process that is explored in place of a scheduler of this package, and how it is run again. */
  readonly process?: { readonly replayed: Replayed; readonly candidate: Candidate };
  /** After so many states the exploration ends; unless given, before memory runs out. */
  readonly maxStates?: number;
  /** Where counterexamples are written. */
  readonly out: string;
  /** The file that the graph is written to, if any. */
  readonly graph?: string;
  /** A state that is looked for, as a query or a module with a predicate; the exploration ends where it is found. */
  readonly reach?: string;
  /** An earlier exploration of the same subject, to go on from. */
  readonly resume?: Saved;
}

export interface CheckWorld {
  readonly nowMs: () => number;
  readonly interrupted: () => boolean;
  /** How much memory is free, in bytes; by default that of the machine. */
  readonly freeBytes?: () => number;
  readonly onProgress: (progress: SearchProgress & { elapsedMs: number }) => void;
}

/**
 * Explores a bounded instance to its end, and writes the shortest counterexample if there is one.
 *
 * @throws ExplorationError when there is no such instance, or the scheduler cannot be explored.
 * @throws InputError when a property cannot be judged in this way, or a file cannot be written.
 */
export async function check(options: CheckOptions, world: CheckWorld): Promise<CheckSummary> {
  if (options.symmetry) refuseNames(options);
  const expander = expanderFor(options);
  refuseUnwritable(options.out);
  if (options.graph !== undefined) refuseGraphFile(options.graph);
  const { reach, instance } = options;
  const query = reach === undefined ? undefined : await queryOf(reach, instance);
  const sought = query === undefined ? undefined : soughtBy(query, instance, expander);
  const startedAt = world.nowMs();
  const before = (options.resume?.seconds ?? 0) * 1000;
  const elapsedMs = (): number => before + world.nowMs() - startedAt;
  const explored = await explore(options, expander, world, elapsedMs, sought);
  const { exploration, lacksMemory } = explored;
  const kept = keepToResume(options, exploration, elapsedMs());
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
    { ...options, maxStates: mostStates(options), secondPaths },
    { ...exploration, complete: exploration.complete && isWhole },
    graph,
    found,
    elapsedMs() / 1000,
  );
  const standFor = expander.renaming === undefined ? {} : { standFor: statesStoodFor(expander, exploration) };
  const untold = unwritten === null ? {} : { unwritten };
  return { ...summary, lacksMemory, ...kept, ...standFor, ...reached, ...untold };
}

function symmetryOf({ symmetry }: Subject): Pick<Subject, 'symmetry'> {
  return symmetry === undefined ? {} : { symmetry };
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

function judgeGraph({ instance }: CheckOptions, expander: Expander, exploration: Exploration): Graph {
  return {
    liveness: judgeLiveness(expander, exploration, { ram: instance.ram, hasFaults: hasFaults(instance) }),
    overtaking:
      expander.renaming === undefined ? countOvertaking(expander, exploration, instance.prices) : null,
  };
}

/** States are numbered in 31 bits, with room for those of a batch. */
const MOST_STATES = 2 ** 31 - 2 ** 22;
/** The paths of a process are objects. */
const MOST_OF_PROCESS = 5_000_000;

function mostStates({ maxStates, process }: CheckOptions): number {
  return Math.min(maxStates ?? MOST_STATES, process === undefined ? MOST_STATES : MOST_OF_PROCESS);
}

/** What the next batch and judging the graph may take, in bytes. */
function bytesNeeded({ instance }: CheckOptions, { states, bytesAhead }: SearchProgress): number {
  // A counter of overtaking has 16 bits.
  const judging = Math.max(BYTES_TO_JUDGE, 2 * instance.invocations + 1);
  return bytesAhead + states * judging + BYTES_LEFT_FREE;
}

async function explore(
  options: CheckOptions,
  expander: Expander,
  world: CheckWorld,
  elapsedMs: () => number,
  sought?: SearchOptions['sought'],
): Promise<{ exploration: Exploration; lacksMemory: LackOfMemory | null }> {
  const { instance, scheduler, properties } = options;
  const most = mostStates(options);
  const workers =
    options.workers > 1 && options.process === undefined
      ? startWorkers<BatchTask, BatchAnswer>('exploration/worker', options.workers)
      : null;
  let lacksMemory: LackOfMemory | null = null;
  const { freeBytes = freeOfMachine } = world;
  try {
    const exploration = await search(expander, {
      ...(sought === undefined ? {} : { sought }),
      ...(options.resume === undefined ? {} : { begun: options.resume.begun }),
      // Each state of a process may take minutes.
      ...(options.process === undefined
        ? {}
        : { batch: 1, endsIt: (thrown) => thrown instanceof StoppedWaiting }),
      goOn: async (progress) => {
        await breathe();
        world.onProgress({ ...progress, elapsedMs: elapsedMs() });
        const free = freeBytes();
        const needed = bytesNeeded(options, progress);
        if (needed > free) lacksMemory = { needed, free };
        return !world.interrupted() && progress.states <= most && lacksMemory === null;
      },
      ...(workers === null
        ? {}
        : {
            elsewhere: {
              parallel: workers.parallel,
              expand: (states) => {
                const subject = { instance, scheduler, properties, ...symmetryOf(options) };
                const batch = workers.run({ subject, states }, [states.buffer]).then(batchOf);
                // Once one cannot be expanded, the others under way are not waited for.
                batch.catch(() => {});
                return batch;
              },
            },
          }),
    });
    return { exploration, lacksMemory };
  } catch (error) {
    if (!(error instanceof RangeError) || !/allocation failed/.test(error.message)) throw error;
    throw new InputError(
      'the system gives this process no more memory, although it said there was some; a limit of the shell (ulimit -v) may be lower, and --max-states ends before it',
    );
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
  if (overtaking !== null && overtaking.witness !== null && isAsked(asked, 'bounded-low-class-starvation')) {
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
