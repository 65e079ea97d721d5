import type { Scenario } from '../../model/configuration.ts';
import type { Guide } from '../campaign/block.ts';
import { FEATURES, featuresOf } from '../campaign/features.ts';
import type { Contestant } from '../play/contestant.ts';
import type { CampaignTally } from '../play/tally.ts';
import { type Way, waysIn } from './way.ts';

/** What whoever plays runs is told of what others have met. */
export interface Lead {
  /** Where every second run begins, one after the other; the others begin where their plans say. */
  readonly starts: readonly Scenario[];
  /** A 1 for each feature to which ways are wanted. */
  readonly wanted: Uint8Array;
}

/** What others should know of runs. */
export interface News {
  readonly runs: number;
  /** In how many of them each feature was met. */
  readonly met: Uint32Array;
  readonly ways: readonly Way[];
}

/** Lets every second run go on from where others have been, and notes what there is to tell. */
export class Onwards implements Guide {
  private readonly lead: Lead;
  private readonly contestant: Contestant;
  private readonly met = new Uint32Array(FEATURES);
  private readonly ways: Way[] = [];
  private readonly wanted: Uint8Array;
  private runs = 0;
  private begun = 0;

  constructor(lead: Lead, contestant: Contestant) {
    this.lead = lead;
    this.contestant = contestant;
    this.wanted = lead.wanted.slice();
  }

  startOf(run: number): Scenario | null {
    const { starts } = this.lead;
    if (run % 2 === 0 || starts.length === 0) return null;
    return starts[this.begun++ % starts.length]!;
  }

  note(scenario: Scenario, tally: CampaignTally): void {
    this.runs++;
    const features = featuresOf(tally);
    for (const feature of features) this.met[feature]!++;
    if (!features.some((feature) => this.wanted[feature] === 1)) return;
    for (const way of waysIn(scenario, this.contestant, this.wanted)) {
      // One way to each from these runs: those of the next may be others.
      this.wanted[way.feature] = 0;
      this.ways.push(way);
    }
  }

  news(): News {
    return { runs: this.runs, met: this.met, ways: this.ways };
  }
}
