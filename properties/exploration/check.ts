import { addTally } from '../../model/coverage.ts';
import type { Expander } from '../../model/explore/expander.ts';
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
import { type Crew, gather } from './crew.ts';
import { createExpander, expanderOfProcess, type Subject } from './expanders.ts';
import { refuseGraphFile, writeGraph } from './graph-file.ts';
import { BYTES_LEFT_FREE, freeBytes as freeOfMachine } from './memory.ts';
import { ProcessExpander, type Replayed } from './process-expander.ts';
import { keepWay, queryOf, soughtBy } from './reach.ts';
import { keepToResume, type Saved } from './saved.ts';
import { type CheckSummary, type Graph, type LackOfMemory, summarize } from './summary.ts';
import { refuseNames, statesStoodFor } from './symmetry.ts';

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
  const { exploration, lacksMemory, graph } = await withCrew(options, async (crew) => {
    const explored = await explore(options, expander, world, elapsedMs, crew, sought);
    const { complete } = explored.exploration;
    return {
      ...explored,
      graph: complete ? await judgeGraph(options, expander, explored.exploration, crew) : null,
    };
  });
  const kept = keepToResume(options, exploration, elapsedMs());
  const found = violationsIn(options, expander, exploration, graph);
  if (found.length === 0 && exploration.leftOut.impossible > 0) {
    // Nothing that is asked was found, but there is an impossible decision: the shortest way to it.
    const other: CheckOptions = { ...options, properties: ['possible-decision'] };
    const again = await withCrew(other, (crew) => explore(other, expanderFor(other), world, elapsedMs, crew));
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

/** Nobody but this thread explores a process: it would have to be started again. */
async function withCrew<Result>(
  options: CheckOptions,
  work: (crew: Crew | null) => Promise<Result>,
): Promise<Result> {
  const crew = options.process === undefined ? await gather(options, options.workers) : null;
  try {
    return await work(crew);
  } finally {
    await crew?.destroy();
  }
}

async function judgeGraph(
  { instance, properties }: CheckOptions,
  expander: Expander,
  exploration: Exploration,
  crew: Crew | null,
): Promise<Graph> {
  // Where names do not count, nobody can be followed along a path.
  const overtaking =
    expander.renaming !== undefined
      ? null
      : (crew?.countOvertaking(exploration) ?? countOvertaking(expander, exploration, instance.prices));
  const nearMisses = isEverything(askedOf(properties)) ? crew?.askAround(exploration) : undefined;
  const liveness = judgeLiveness(expander, exploration, {
    ram: instance.ram,
    hasFaults: hasFaults(instance),
  });
  if (nearMisses !== undefined) addTally(exploration.tally, await nearMisses);
  return { liveness, overtaking: await overtaking };
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
  const judging = BYTES_TO_JUDGE + 2 * instance.invocations + 1;
  return bytesAhead + states * judging + BYTES_LEFT_FREE;
}

async function explore(
  options: CheckOptions,
  expander: Expander,
  world: CheckWorld,
  elapsedMs: () => number,
  crew: Crew | null,
  sought?: SearchOptions['sought'],
): Promise<{ exploration: Exploration; lacksMemory: LackOfMemory | null }> {
  const most = mostStates(options);
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
      ...(crew === null ? {} : { elsewhere: crew }),
    });
    return { exploration, lacksMemory };
  } catch (error) {
    if (!(error instanceof RangeError) || !/allocation failed/.test(error.message)) throw error;
    throw new InputError(
      'the system gives this process no more memory, although it said there was some; a limit of the shell (ulimit -v) may be lower, and --max-states ends before it',
    );
  }
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
