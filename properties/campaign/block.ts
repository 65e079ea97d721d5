import fc from 'fast-check';
import type { Scenario } from '../../model/configuration.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { plans } from '../arbitraries/plan.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { Novelty } from './features.ts';
import { addCampaignTally, BrokenScheduler, type CampaignTally, emptyCampaignTally } from './referee.ts';
import { type Contestant, playPlan, type Run, scrutinyOf } from './run.ts';
import { blockSeed } from './seeds.ts';

/** How many runs make a block: the unit of seeds, of workers, of progress, and of looking at the clock. */
export const BLOCK = 50;

/** Reducing the concrete scenario is faster and goes further than reducing the plan that it grew from. */
const MOST_PLAN_SHRINKS = 100;

/** What a block of runs is made from: the same task gives the same result, whoever runs it. */
export interface BlockTask {
  /** Seed of the campaign, and number of the block in it. */
  readonly seed: number;
  readonly block: number;
  readonly count: number;
  readonly size: Size;
  /** Only findings of these properties count; all when empty. */
  readonly properties: readonly PropertyId[];
  /** Whether to shrink the plan that failed. */
  readonly shrink: boolean;
  /** What is covered already, if anybody wants to know of runs that cover something else. */
  readonly known?: Uint8Array;
}

export interface BlockResult {
  readonly tally: CampaignTally;
  readonly failure: Failure | null;
  /** Of the runs that were first to cover something that was not known; none when nobody asked. */
  readonly novel: readonly Scenario[];
  /** Why the scheduler broke, if it did: a message, since errors lose their class on the way from a thread. */
  readonly broken: string | null;
}

export interface Failure {
  /** Which run of the block failed, counted from 1. */
  readonly run: number;
  readonly finding: Finding;
  readonly scenario: Scenario;
}

/**
 * Runs a block by fast-check, which also takes a first pass at shrinking what fails.
 *
 * @throws whatever else a run throws, which fast-check alone would take for one more failure to shrink.
 */
export function runBlock(task: BlockTask, contestant: Contestant): BlockResult {
  const tally = emptyCampaignTally();
  let failure: Failure | null = null;
  const thrown: unknown[] = [];
  const novelty = task.known === undefined ? null : new Novelty(task.known);
  let tried = 0;
  let shrinks = 0;
  // While a plan is shrunk it is looked at as closely as when it failed.
  const play = (plan: Parameters<typeof playPlan>[0], counted: CampaignTally): Run | null => {
    try {
      const number = task.block * BLOCK + tried - 1;
      return playPlan(plan, contestant, counted, scrutinyOf(number));
    } catch (error) {
      // What breaks only while something else is shrunk can be left out of account.
      if (failure === null) thrown.push(error);
      return null;
    }
  };
  const holds = fc.property(plans(task.size), (plan) => {
    if (thrown.length > 0) return true;
    if (failure === null) tried++;
    else if (++shrinks > MOST_PLAN_SHRINKS) return true;
    // What shrinking tries is no part of the campaign, and is not counted.
    const isCounted = failure === null;
    const own = isCounted && novelty === null ? tally : emptyCampaignTally();
    const run = play(plan, own);
    if (isCounted && own !== tally) addCampaignTally(tally, own);
    if (isCounted && run?.finding === null) novelty?.see(run.scenario, own);
    if (run === null || run.finding === null || !counts(task, run.finding)) return true;
    const { finding, scenario } = run;
    if (failure !== null && failure.finding.property !== finding.property) return true;
    failure = { run: tried, finding, scenario };
    return false;
  });
  fc.check(holds, {
    seed: blockSeed(task.seed, task.block),
    numRuns: task.count,
    endOnFailure: !task.shrink,
  });
  const [error] = thrown;
  if (error instanceof BrokenScheduler) return { tally, failure: null, novel: [], broken: error.message };
  if (error !== undefined) throw error;
  return { tally, failure, novel: novelty?.scenarios ?? [], broken: null };
}

function counts({ properties }: BlockTask, finding: Finding): boolean {
  return properties.length === 0 || properties.includes(finding.property);
}
