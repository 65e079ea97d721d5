import { ADJACENT } from '../../model/coverage.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { BLOCK } from '../campaign/block.ts';
import { runStretch } from '../campaign/stretch.ts';
import type { Contestant } from '../play/contestant.ts';
import { addCampaignTally, emptyCampaignTally } from '../play/tally.ts';
import { Onwards } from './onwards.ts';
import { Steering } from './steering.ts';

/** A campaign, and how many steps it judges. */
export interface SharingOptions {
  readonly size: Size;
  readonly seed: number;
  readonly steps: number;
  readonly shares: boolean;
}

/** How far a campaign had come after a job. */
export interface Mark {
  readonly runs: number;
  readonly steps: number;
  readonly transitions: number;
  readonly pairs: number;
}

/** As many blocks make a job here as in a queue of a campaign of 40,000 runs. */
const BLOCKS_OF_JOB = 4;

/** Makes a campaign as one worker of a farm does, job by job, until it has judged so many steps. */
export function measureSharing(
  contestant: Contestant,
  { size, seed, steps, shares }: SharingOptions,
): readonly Mark[] {
  const marks: Mark[] = [];
  const tally = emptyCampaignTally();
  const steering = new Steering(seed);
  const count = BLOCKS_OF_JOB * BLOCK;
  for (let block = 0; tally.steps < steps; block += BLOCKS_OF_JOB) {
    const onwards = shares ? new Onwards(steering.lead(count / 2), contestant) : null;
    const task = { seed, block, count, size, properties: [], except: [], without: [] };
    const result = runStretch(task, contestant, onwards);
    if (result.failure !== null) throw new Error(`the reference violates ${result.failure.finding.property}`);
    addCampaignTally(tally, result.tally);
    if (onwards !== null) {
      const news = onwards.news();
      steering.note(news);
      for (const way of news.ways) steering.take(way);
    }
    marks.push({
      runs: BLOCK * (block + BLOCKS_OF_JOB),
      steps: tally.steps,
      transitions: tally.transitions.filter((times) => times > 0).length,
      pairs: ADJACENT.filter((index) => tally.pairs[index]! > 0).length,
    });
  }
  return marks;
}
