import type { Size } from '../arbitraries/configuration.ts';
import type { CampaignShard } from '../campaign/campaign.ts';
import type { Candidate } from '../contestants/contestants.ts';

/** What `xx fuzz` was asked for. */
export interface FuzzOptions {
  readonly candidate: Candidate;
  /** One of the two is enough; whichever is reached first ends the campaign. */
  readonly runs?: number;
  readonly budgetMs?: number;
  readonly seed: number;
  readonly size: Size;
  /** Threads that run blocks; the result is the same whatever their number. */
  readonly workers: number;
  /** Ids of properties; all when empty. */
  readonly properties: readonly string[];
  /** Ids of properties that are left out of everything; none unless given. */
  readonly except?: readonly string[];
  /** Names of parts of XX that the scheduler lacks; none unless given. */
  readonly without?: readonly string[];
  /** Where counterexamples are written. */
  readonly out: string;
  /** Which part of the campaign to run; by default all of it. */
  readonly shard?: CampaignShard;
  /** Whether to write a report beside the counterexamples, as `xx fuzz merge` wants it. */
  readonly report: boolean;
  /** The file that has a line for each run, for viewers of test cases. */
  readonly observations?: string;
  /** The queue that carries blocks to workers on other machines; threads of this process run them unless given. */
  readonly queue?: QueueOptions;
  /** Where scenarios are kept that cover something that the others do not. */
  readonly corpus?: string;
}

/** A campaign over many machines. */
export interface QueueOptions {
  readonly url: string;
  /** Whether to go on with what an earlier coordinator has left, or to begin anew; what is left is refused unless given. */
  readonly resume?: boolean;
  /** Whether runs go on from what covers something new on any machine; then the result depends on who is when where. */
  readonly shares?: boolean;
}
