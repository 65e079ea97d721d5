import fc from 'fast-check';
import type { Scenario } from '../../model/configuration.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { type Plan, plans } from '../arbitraries/plan.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { type CampaignTally, emptyCampaignTally } from './referee.ts';
import { type Contestant, playPlan, type Run } from './run.ts';
import { blockSeed } from './seeds.ts';
import { shrinkScenario } from './shrink.ts';

/** How many runs make a block: the unit of seeds, of progress, and of looking at the clock. */
export const BLOCK = 50;

/** Reducing the concrete scenario is faster and goes further than reducing the plan that it grew from. */
const MOST_PLAN_SHRINKS = 500;

export interface CampaignOptions {
  readonly contestant: Contestant;
  readonly seed: number;
  readonly size: Size;
  /** Whether to go on, asked before each block with the runs so far; the block is cut to the number returned. */
  readonly wanted: (runs: number) => number;
  /** Only findings of these properties count; all when empty. */
  readonly properties: readonly PropertyId[];
  /** Whether to look for the shortest scenario that shows what was found; it is left as it was found otherwise. */
  readonly shrink?: boolean;
  readonly onProgress: (progress: Progress) => void;
}

export interface Progress {
  readonly runs: number;
  readonly steps: number;
  /** What the campaign is doing beside running: shrinking what it has found. */
  readonly shrinking: PropertyId | null;
}

/** Something wrong, and the shortest scenario found that shows it. */
export interface Violation {
  readonly finding: Finding;
  readonly scenario: Scenario;
  /** The run that found it, counted from 1, and how many steps its scenario had. */
  readonly run: number;
  readonly stepsBeforeShrinking: number;
}

export interface CampaignResult {
  readonly runs: number;
  readonly tally: CampaignTally;
  /** At most one for each property: a campaign ends at the first. */
  readonly violations: readonly Violation[];
}

/**
 * Runs generated scenarios until enough were tried or one fails. The same seed and options give the same runs,
 * whatever the speed of the machine; only a time budget, in `wanted`, makes their number depend on it.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const tally = emptyCampaignTally();
  const arbitrary = plans(options.size);
  let runs = 0;
  for (let block = 0; ; block++) {
    const count = Math.min(BLOCK, options.wanted(runs));
    if (count <= 0) return { runs, tally, violations: [] };
    const failure = runBlock(arbitrary, blockSeed(options.seed, block), count, options, tally);
    runs += failure === null ? count : failure.run;
    if (failure !== null) {
      options.onProgress({ runs, steps: tally.steps, shrinking: failure.finding.property });
      const { scenario, finding } = failure;
      const shrinks = options.shrink ?? true;
      const shown = shrinks ? shrinkScenario(scenario, finding, options.contestant) : { scenario, finding };
      const violation: Violation = { ...shown, run: runs, stepsBeforeShrinking: scenario.stimuli.length };
      return { runs, tally, violations: [violation] };
    }
    options.onProgress({ runs, steps: tally.steps, shrinking: null });
    await breathe();
  }
}

interface Failure {
  /** Which run of the block failed, counted from 1. */
  run: number;
  finding: Finding;
  scenario: Scenario;
}

/**
 * One block of runs by fast-check, which also takes a first pass at shrinking what fails.
 *
 * @throws whatever a run throws, which fast-check alone would take for one more failure to shrink.
 */
function runBlock(
  arbitrary: fc.Arbitrary<Plan>,
  seed: number,
  count: number,
  options: CampaignOptions,
  tally: CampaignTally,
): Failure | null {
  let failure: Failure | null = null;
  const thrown: unknown[] = [];
  let tried = 0;
  let shrinks = 0;
  const play = (plan: Plan, counted: CampaignTally): Run | null => {
    try {
      return playPlan(plan, options.contestant, counted);
    } catch (error) {
      // What breaks only while something else is shrunk can be left out of account.
      if (failure === null) thrown.push(error);
      return null;
    }
  };
  const holds = fc.property(arbitrary, (plan) => {
    if (thrown.length > 0) return true;
    if (failure === null) tried++;
    else if (++shrinks > MOST_PLAN_SHRINKS) return true;
    // What shrinking tries is no part of the campaign, and is not counted.
    const counted = failure === null ? tally : emptyCampaignTally();
    const run = play(plan, counted);
    if (run === null || run.finding === null || !counts(options, run.finding)) return true;
    const { finding, scenario } = run;
    if (failure !== null && failure.finding.property !== finding.property) return true;
    failure = { run: tried, finding, scenario };
    return false;
  });
  fc.check(holds, { seed, numRuns: count, endOnFailure: options.shrink === false });
  if (thrown.length > 0) throw thrown[0];
  return failure;
}

function counts(options: CampaignOptions, finding: Finding): boolean {
  return options.properties.length === 0 || options.properties.includes(finding.property);
}

/** Lets signals and timers have their turn: a campaign that never yields cannot be interrupted. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
