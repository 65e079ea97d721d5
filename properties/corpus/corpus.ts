import type { PartId } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { narrowed } from '../../model/parts.ts';
import { BrokenScheduler, StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { breathe } from '../breathe.ts';
import { type BlockResult, type Failure, NOTHING } from '../campaign/block.ts';
import type { CorpusExplorer } from '../campaign/campaign.ts';
import { FEATURES, featuresOf } from '../campaign/features.ts';
import { type Asked, isAsked } from '../play/asked.ts';
import type { Contestant } from '../play/contestant.ts';
import { playAgain, type Run } from '../play/run.ts';
import { addCampaignTally, type CampaignTally, emptyCampaignTally } from '../play/tally.ts';
import type { Entry } from './entry.ts';
import { shortened } from './shorten.ts';

/** The most plays that go into shortening one scenario. */
const MOST_PLAYS = 150;

/** Scenarios that each cover something that the others do not. The same campaign gives the same corpus. */
export class Corpus implements CorpusExplorer {
  private readonly contestant: Contestant;
  private kept: Entry[] = [];
  private readonly covered = new Uint8Array(FEATURES);
  /** How many scenarios were taken up since the corpus was read. */
  added = 0;

  constructor(contestant: Contestant) {
    this.contestant = contestant;
  }

  get entries(): readonly Entry[] {
    return this.kept;
  }

  known = (): Uint8Array => this.covered.slice();

  /** Takes up scenarios that cover something new when they are played by themselves. */
  onNovel = (scenarios: readonly Scenario[]): void => {
    for (const scenario of scenarios) {
      const entry = this.play(scenario);
      if (entry !== null && this.take(entry)) this.added++;
    }
  };

  /**
   * Plays what was kept of other campaigns, as a block of a campaign that nothing was generated for.
   *
   * @param asked what is judged.
   * @param without parts of XX that are left out of them.
   */
  replay(scenarios: readonly Scenario[], asked: Asked, without: readonly PartId[] = []): BlockResult {
    const tally = emptyCampaignTally();
    let impossible: Failure | null = null;
    for (const scenario of scenarios) {
      const own = emptyCampaignTally();
      try {
        const within = { ...scenario, config: narrowed(scenario.config, without) };
        const { finding, scenario: played } = playAgain(within, this.contestant, own, asked);
        addCampaignTally(tally, own);
        if (finding !== null) {
          const failure = { run: 0, finding, scenario: played };
          if (isAsked(asked, finding.property)) return { ...NOTHING, tally, failure };
          impossible ??= failure;
        }
        this.take({ scenario: played, features: new Set(featuresOf(own)) }, true);
      } catch (error) {
        if (!(error instanceof BrokenScheduler)) throw error;
        if (error instanceof StoppedWaiting) return { ...NOTHING, tally, impossible, stoppedAfter: 0 };
        return { ...NOTHING, tally, broken: error.message, brokenIn: { run: 0, scenario: error.scenario } };
      }
    }
    return { ...NOTHING, tally, impossible };
  }

  /**
   * Leaves out scenarios that cover nothing by themselves, the longest first, and shortens those that were added, each
   * as far as it still covers what the others do not.
   *
   * @param interrupted whether to stop; then the rest stays as long as it is.
   */
  async minimise(interrupted: () => boolean): Promise<void> {
    const known = this.kept.slice(0, this.kept.length - this.added);
    this.dropTheIncluded();
    for (const entry of this.kept) {
      if (known.includes(entry)) continue;
      await breathe();
      if (interrupted()) break;
      const own = this.ownOf(entry);
      const shorter = shortened(entry, MOST_PLAYS, (candidate) => {
        const played = this.play(candidate);
        return played !== null && includesAll(played.features, own) ? played : null;
      });
      this.kept = this.kept.map((other) => (other === entry ? shorter : other));
    }
    // A shortened scenario may cover something that another was kept for.
    this.dropTheIncluded();
  }

  private dropTheIncluded(): void {
    for (const entry of [...this.kept].sort(longestFirst)) {
      if (this.ownOf(entry).size === 0) this.kept = this.kept.filter((other) => other !== entry);
    }
  }

  /** What an entry covers and no other. */
  private ownOf(entry: Entry): Set<number> {
    const own = new Set(entry.features);
    for (const other of this.kept) {
      if (other !== entry) for (const feature of other.features) own.delete(feature);
    }
    return own;
  }

  private take(entry: Entry, always = false): boolean {
    const isNew = [...entry.features].some((feature) => this.covered[feature] === 0);
    if (!isNew && !always) return false;
    for (const feature of entry.features) this.covered[feature] = 1;
    this.kept.push(entry);
    return true;
  }

  /** Null when something is wrong with it: a violation belongs among the counterexamples. */
  private play(scenario: Scenario): Entry | null {
    const tally = emptyCampaignTally();
    const run = this.playedAgain(scenario, tally);
    if (run === null) return null;
    return run.finding === null ? { scenario: run.scenario, features: new Set(featuresOf(tally)) } : null;
  }

  /** Null when nobody waits for the end. */
  private playedAgain(scenario: Scenario, tally: CampaignTally): Run | null {
    try {
      return playAgain(scenario, this.contestant, tally);
    } catch (error) {
      if (error instanceof StoppedWaiting) return null;
      throw error;
    }
  }
}

function longestFirst(a: Entry, b: Entry): number {
  return b.scenario.stimuli.length - a.scenario.stimuli.length;
}

function includesAll(features: ReadonlySet<number>, wanted: ReadonlySet<number>): boolean {
  for (const feature of wanted) if (!features.has(feature)) return false;
  return true;
}
