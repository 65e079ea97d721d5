import fc from 'fast-check';
import type { Decision } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { type Plan, plans } from '../arbitraries/plan.ts';
import { BLOCK } from '../campaign/block.ts';
import { blockSeed } from '../campaign/seeds.ts';
import { playPlan } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';

/** A run that the campaign loop has grown: what it grew from, what happened, and what the reference decided. */
export interface Recording {
  readonly plan: Plan;
  readonly scenario: Scenario;
  /** The decisions of each step. */
  readonly decisions: readonly (readonly Decision[])[];
}

/** Which runs of which campaign. */
export interface CampaignPart {
  readonly size: Size;
  readonly seed: number;
  readonly runs: number;
}

/** Records the runs that `runCampaign` plays for this seed and size, so that others can play exactly those. */
export function recordRuns({ size, seed, runs }: CampaignPart): Recording[] {
  const arbitrary = plans(size);
  const recordings: Recording[] = [];
  for (let block = 0; block * BLOCK < runs; block++) {
    const numRuns = Math.min(BLOCK, runs - block * BLOCK);
    const grows = fc.property(arbitrary, (plan) => void recordings.push(record(plan)));
    fc.assert(grows, { seed: blockSeed(seed, block), numRuns });
  }
  return recordings;
}

function record(plan: Plan): Recording {
  const scheduler = createXX();
  const { scenario, finding } = playPlan(plan, { scheduler }, emptyCampaignTally());
  if (finding !== null)
    throw new Error(`the judge refuses the reference, so nothing can be measured: ${finding.message}`);
  scheduler.reset(scenario.config);
  const decisions = scenario.stimuli.map(({ at, stimulus }) => scheduler.step(at, stimulus));
  return { plan, scenario, decisions };
}

export function stepsOf(recordings: readonly Recording[]): number {
  return recordings.reduce((sum, { scenario }) => sum + scenario.stimuli.length, 0);
}
