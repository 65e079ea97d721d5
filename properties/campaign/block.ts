import fc from 'fast-check';
import type { PartId } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { InputError } from '../../model/input-error.ts';
import { BrokenScheduler, StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { type Size, sometimesInTime } from '../arbitraries/configuration.ts';
import { plans } from '../arbitraries/plan.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { askedOf, isAsked } from '../play/asked.ts';
import { type Contestant, lacksOf } from '../play/contestant.ts';
import type { Run } from '../play/play.ts';
import { playOnwards, playPlan, scrutinyOf } from '../play/run.ts';
import { addCampaignTally, type CampaignTally, emptyCampaignTally } from '../play/tally.ts';
import { Novelty } from './features.ts';
import { type ObservedPlay, observationLine } from './observation.ts';
import { recurs } from './recurs.ts';
import { blockSeed } from './seeds.ts';
import { type Sightings, Watch } from './sightings.ts';

/** How many runs make a block: the unit of seeds, of workers, of progress, and of looking at the clock. */
export const BLOCK = 50;

/** What asks for something only where paging takes time. */
const IN_TIME: ReadonlySet<PropertyId> = new Set(
  CATALOGUE.filter(({ inTime }) => inTime === true).map(({ id }) => id),
);

/**
 * Whether paging takes time in some clusters of a block. Who asks for other properties alone, such as what is on record for
 * wrong schedulers, plays clusters as they were then.
 */
function pagesInTime({ properties }: BlockTask, { inTime }: Contestant): boolean {
  return inTime === true || properties.length === 0 || properties.some((id) => IN_TIME.has(id));
}

/** What a block of runs is made from: the same task gives the same result, in whichever thread it runs. */
export interface BlockTask {
  /** Seed of the campaign, and number of the block in it. */
  readonly seed: number;
  readonly block: number;
  readonly count: number;
  readonly size: Size;
  /** Only these are judged, each on its own evidence; everything when empty. */
  readonly properties: readonly PropertyId[];
  /** What is left out of everything. */
  readonly except: readonly PropertyId[];
  /** Parts of XX that are left out. */
  readonly without: readonly PartId[];
  /** What is covered already, if runs that cover something else are wanted. */
  readonly known?: Uint8Array;
  /** Under which name each run is observed; none is unless given. */
  readonly observe?: string;
}

export interface BlockResult {
  readonly tally: CampaignTally;
  /** In how many of its runs each feature was met; null when it is of no runs. */
  readonly sightings: Sightings | null;
  /** Parts of XX that a process has said it lacks. */
  readonly lacks: readonly PartId[];
  readonly failure: Failure | null;
  /** The first run that an impossible decision ended, if only other properties were asked for. */
  readonly impossible: Failure | null;
  /** Of the runs that were first to cover something new; none unless asked for. */
  readonly novel: readonly Scenario[];
  /** A line of {@link observationLine} for each run that came to an end, in their order; none unless asked for. */
  readonly observations: readonly string[];
  /** Why the scheduler broke, if it did: a message, since errors lose their class on the way from a thread. */
  readonly broken: string | null;
  /** In which run it did, and what it was asked until then, where that is known. */
  readonly brokenIn?: { readonly run: number; readonly scenario: Scenario | null };
  /** How many runs there were before somebody stopped waiting for a process; none when nobody did. */
  readonly stoppedAfter?: number;
  /** Why a goal makes no sense, if one does. */
  readonly badGoal?: string;
}

export interface Failure {
  /** Which run of the block failed, counted from 1. */
  readonly run: number;
  readonly finding: Finding;
  readonly scenario: Scenario;
  /** Whether it was wrong once, and not when the run was made again in the same way. */
  readonly onlyOnce?: true;
}

/** Lets runs go on from what others have met. */
export interface Guide {
  /** Where the run of this number in the campaign, from 0, begins; null: where its plan says. */
  startOf(run: number): Scenario | null;
  /** Is told of each run in which nothing was wrong, and of what it alone has counted. */
  note(scenario: Scenario, tally: CampaignTally): void;
}

/**
 * Runs a block by fast-check, up to the first run that fails. What fails is not shrunk here: reducing the concrete scenario
 * goes further than reducing the plan that it grew from, and can be interrupted.
 *
 * @param novelty collects what covers something new, if that is wanted; also of blocks before this one.
 * @param guide what runs go on from; then they do not count as drawn independently, and nobody counts what they met.
 * @throws whatever a run throws, which fast-check alone would take for a failure.
 */
export function runBlock(
  task: BlockTask,
  contestant: Contestant,
  novelty: Novelty | null = task.known === undefined ? null : new Novelty(task.known),
  guide: Guide | null = null,
): BlockResult {
  const tally = emptyCampaignTally();
  const asked = askedOf(task.properties, task.except);
  const watch = new Watch(tally);
  const sightings = guide === null ? watch.sightings : null;
  const observations: string[] = [];
  let failure: Failure | null = null;
  let impossible: Failure | null = null;
  let thrown: { error: unknown } | null = null;
  let tried = 0;
  const paging = pagesInTime(task, contestant) ? sometimesInTime : undefined;
  const holds = fc.property(plans(task.size, task.without, paging), (plan) => {
    const number = task.block * BLOCK + tried++;
    const scrutiny = scrutinyOf(number, asked);
    const countsAtOnce = novelty === null && guide === null && task.observe === undefined;
    const own = countsAtOnce ? tally : emptyCampaignTally();
    const start = guide?.startOf(number) ?? null;
    const play = (into: CampaignTally): Run =>
      start === null
        ? playPlan(plan, contestant, into, scrutiny, asked)
        : playOnwards(start, plan, contestant, into, scrutiny, asked);
    const observe = (play: ObservedPlay): void => {
      if (task.observe === undefined) return;
      const run = task.block * BLOCK + tried;
      observations.push(
        observationLine({
          ...task,
          property: task.observe,
          run,
          scrutiny,
          asked,
          play,
          tally: own,
          contestant,
        }),
      );
    };
    try {
      const played = play(own);
      const { finding, scenario } = played;
      if (own !== tally) addCampaignTally(tally, own);
      watch.note(task.block * BLOCK + tried);
      if (finding !== null) contestant.settle?.();
      observe(played);
      if (finding === null) {
        novelty?.see(scenario, own);
        guide?.note(scenario, own);
      } else if (isAsked(asked, finding.property)) {
        const again = (): Run => play(emptyCampaignTally());
        const once = recurs(finding, contestant, again) ? {} : ({ onlyOnce: true } as const);
        failure = { run: tried, finding, scenario, ...once };
      } else impossible ??= { run: tried, finding, scenario };
    } catch (error) {
      if (error instanceof BrokenScheduler && !(error instanceof StoppedWaiting)) observe(error);
      thrown = { error };
    }
    return failure === null && thrown === null;
  });
  fc.check(holds, { seed: blockSeed(task.seed, task.block), numRuns: task.count, endOnFailure: true });
  const { error } = (thrown ?? {}) as { error?: unknown };
  const lacks = lacksOf(contestant);
  const novel = novelty?.scenarios ?? [];
  if (error instanceof StoppedWaiting) {
    const stoppedAfter = tried - 1;
    return {
      tally,
      sightings,
      lacks,
      failure: null,
      impossible,
      novel,
      observations,
      broken: null,
      stoppedAfter,
    };
  }
  if (error instanceof BrokenScheduler) {
    const brokenIn = { run: tried, scenario: error.scenario };
    return { ...NOTHING, tally, sightings, observations, broken: error.message, brokenIn };
  }
  if (error instanceof InputError) return { ...NOTHING, tally, sightings, badGoal: error.message };
  if (thrown !== null) throw error;
  return { tally, sightings, lacks, failure, impossible, novel, observations, broken: null };
}

/** What a block reports beside its tally when nothing was found. */
export const NOTHING: Omit<BlockResult, 'tally'> = {
  sightings: null,
  lacks: [],
  failure: null,
  impossible: null,
  novel: [],
  observations: [],
  broken: null,
};
