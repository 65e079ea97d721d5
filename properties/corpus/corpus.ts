import type { PartId } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { narrowed } from '../../model/parts.ts';
import { BrokenScheduler, StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { breathe } from '../breathe.ts';
import { type BlockResult, type Failure, NOTHING } from '../campaign/block.ts';
import type { CorpusExplorer } from '../campaign/campaign.ts';
import { FEATURES, featuresOf } from '../campaign/features.ts';
import { type ObservedPlay, observationLine } from '../campaign/observation.ts';
import { recurs } from '../campaign/recurs.ts';
import { type Asked, isAsked } from '../play/asked.ts';
import type { Contestant } from '../play/contestant.ts';
import type { Run } from '../play/play.ts';
import { playAgain } from '../play/run.ts';
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
   * @param how.without parts of XX that are left out of them.
   * @param how.observe under which name, and of the campaign of which seed, each is observed.
   */
  replay(
    scenarios: readonly Scenario[],
    asked: Asked,
    {
      without = [],
      observe,
    }: { without?: readonly PartId[]; observe?: { property: string; seed: number } } = {},
  ): BlockResult {
    const { contestant } = this;
    const tally = emptyCampaignTally();
    const observations: string[] = [];
    let impossible: Failure | null = null;
    for (const scenario of scenarios) {
      const own = emptyCampaignTally();
      const look = (play: ObservedPlay): void => {
        if (observe === undefined) return;
        const of = { ...observe, run: null, size: null, scrutiny: 'again' } as const;
        observations.push(observationLine({ ...of, asked, play, tally: own, contestant }));
      };
      try {
        const within = { ...scenario, config: narrowed(scenario.config, without) };
        const run = playAgain(within, contestant, own, asked);
        const { finding, scenario: played } = run;
        addCampaignTally(tally, own);
        look(run);
        if (finding !== null) {
          const again = (): Run => playAgain(scenario, this.contestant, emptyCampaignTally(), asked);
          const once = recurs(finding, this.contestant, again) ? {} : ({ onlyOnce: true } as const);
          const failure = { run: 0, finding, scenario: played, ...once };
          if (isAsked(asked, finding.property)) return { ...NOTHING, tally, observations, failure };
          impossible ??= failure;
        }
        this.take({ scenario: played, features: new Set(featuresOf(own)) }, true);
      } catch (error) {
        if (!(error instanceof BrokenScheduler)) throw error;
        const until = { ...NOTHING, tally, observations };
        if (error instanceof StoppedWaiting) return { ...until, impossible, stoppedAfter: 0 };
        look(error);
        return { ...until, broken: error.message, brokenIn: { run: 0, scenario: error.scenario } };
      }
    }
    return { ...NOTHING, tally, observations, impossible };
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
