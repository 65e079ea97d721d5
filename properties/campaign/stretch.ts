import type { Contestant } from '../play/contestant.ts';
import { addCampaignTally, emptyCampaignTally } from '../play/tally.ts';
import { BLOCK, type BlockResult, type BlockTask, type Guide, NOTHING, runBlock } from './block.ts';
import { Novelty } from './features.ts';
import { addSightings, noSightings, type Sightings } from './sightings.ts';

/** All runs of a campaign from its first on, united: what whoever goes on with it has to know. */
export interface Prefix {
  /** How many runs they are, also if one of them has ended the campaign. */
  readonly upTo: number;
  readonly result: BlockResult;
}

/**
 * Runs consecutive blocks of a campaign, up to the first that ends it. The result is that of the blocks united, so that
 * a campaign in stretches of any length comes to the same as block by block.
 *
 * @param task of which `count` may be more than a block has.
 * @param guide what runs go on from.
 */
export function runStretch(task: BlockTask, contestant: Contestant, guide: Guide | null = null): BlockResult {
  const novelty = task.known === undefined ? null : new Novelty(task.known);
  let stretch: BlockResult = emptyResult();
  for (let before = 0; before < task.count && !endsCampaign(stretch); before += BLOCK) {
    const count = Math.min(BLOCK, task.count - before);
    const block = runBlock(
      { ...task, block: task.block + before / BLOCK, count },
      contestant,
      novelty,
      guide,
    );
    // The collection is the same for all blocks, and grows.
    stretch = unite({ ...stretch, novel: [] }, block, before);
  }
  return stretch;
}

/** The result of no runs. */
export function emptyResult(): BlockResult {
  return { ...NOTHING, tally: emptyCampaignTally() };
}

/** Whether no run after these counts. */
export function endsCampaign({ failure, broken, badGoal, stoppedAfter }: BlockResult): boolean {
  return failure !== null || broken !== null || badGoal !== undefined || stoppedAfter !== undefined;
}

/**
 * What runs and the runs that follow them have given together.
 *
 * @param before how many runs the first are.
 */
export function unite(first: BlockResult, next: BlockResult, before: number): BlockResult {
  const tally = emptyCampaignTally();
  addCampaignTally(tally, first.tally);
  addCampaignTally(tally, next.tally);
  const later = <Numbered extends { readonly run: number }>(one: Numbered): Numbered => ({
    ...one,
    run: one.run + before,
  });
  return {
    tally,
    sightings: uniteSightings(first.sightings, next.sightings),
    lacks: [...new Set([...first.lacks, ...next.lacks])],
    failure: next.failure && later(next.failure),
    impossible: first.impossible ?? (next.impossible && later(next.impossible)),
    novel: [...first.novel, ...next.novel],
    observations: [...first.observations, ...next.observations],
    broken: next.broken,
    ...(next.brokenIn === undefined ? {} : { brokenIn: later(next.brokenIn) }),
    ...(next.stoppedAfter === undefined ? {} : { stoppedAfter: next.stoppedAfter + before }),
    ...(next.badGoal === undefined ? {} : { badGoal: next.badGoal }),
  };
}

/** Runs are numbered over the whole campaign, so that nothing has to be counted on. */
function uniteSightings(first: Sightings | null, next: Sightings | null): Sightings | null {
  if (first === null && next === null) return null;
  const both = noSightings();
  for (const one of [first, next]) if (one !== null) addSightings(both, one);
  return both;
}
