import type { LostFinding, ViolationSummary } from '../../campaign/summary.ts';
import type { WorkerReport } from '../../farm/store.ts';
import { campaignCoverageOf } from '../../goals/coverage.ts';
import type { FuzzProgress } from '../world.ts';

/** How it stands with a campaign: what every live view shows. */
export interface CampaignPicture {
  readonly scheduler: string;
  readonly seed: number;
  /** Whether runs go on from what others have met; absent if not. */
  readonly sharedCorpus?: true;
  /** How many runs were asked for; null when only time was. */
  readonly runsAsked: number | null;
  readonly runs: number;
  readonly steps: number;
  readonly elapsedMs: number;
  /** Over the last seconds. */
  readonly stepsPerSecond: number;
  readonly coverage: readonly Covered[];
  readonly workers: readonly WorkerReport[];
  /** Id of the campaign in its queue; null without a queue. */
  readonly campaign: string | null;
  /** What was found by now. */
  readonly found: readonly FoundSoFar[];
  /** What is waited for, in the words in which it was said last; null when nothing is. */
  readonly waitsFor: string | null;
  /** What was covered when, from the beginning. */
  readonly history: readonly Moment[];
  /** The report of a campaign that is over; null before. */
  readonly conclusion: string | null;
}

export interface Covered {
  readonly what: string;
  readonly covered: number;
  readonly total: number;
}

export interface FoundSoFar {
  readonly property: ViolationSummary['property'] | NonNullable<LostFinding['property']>;
  readonly run: number;
  /** Where it is written: as it was found while the campaign goes on, and as short as it was made once that is over. */
  readonly file: string;
}

/** How far a campaign had come at some time. */
export interface Moment {
  readonly elapsedMs: number;
  readonly runs: number;
  readonly steps: number;
  /** Percent of all that can be covered, of each kind in the order of {@link CampaignPicture.coverage}. */
  readonly percent: readonly number[];
}

/** More moments are not kept: of a long campaign every other one is dropped, again and again. */
const MOST_MOMENTS = 400;

/** Speed is measured over at least so long. */
const SPEED_OVER_MS = 5_000;

/** Which campaign it is. */
interface Pictured extends Pick<CampaignPicture, 'scheduler' | 'seed' | 'sharedCorpus' | 'runsAsked'> {
  readonly asksAll: boolean;
}

/** Watches a campaign: takes what it says of itself, and makes a picture of it. */
export class Onlooker {
  private readonly how: Pictured;
  private history: Moment[] = [];
  private readonly speeds: { elapsedMs: number; steps: number }[] = [];
  private found: FoundSoFar[] = [];
  private waitsFor: string | null = null;
  private everyMs = 0;

  constructor(how: Pictured) {
    this.how = how;
  }

  /** Takes a line that says what is waited for, or that it is there. */
  hear(line: string): void {
    // It is shown until the next line: a time in it would stand still.
    this.waitsFor = line.startsWith('waits for ') ? line.replace(/ since \d+ s\b/, '') : null;
  }

  find(found: FoundSoFar): void {
    this.found.push(found);
  }

  /** Takes what came of what was found, in the same order: it is written elsewhere once it is as short as can be. */
  conclude(violations: readonly Pick<ViolationSummary, 'property' | 'file'>[]): void {
    this.hear('');
    this.found = this.found.map((found, index) => {
      const { property, file } = violations[index] ?? found;
      return { ...found, property, file };
    });
  }

  look(
    { runs, steps, elapsedMs, tally, without, farm }: FuzzProgress,
    conclusion: string | null = null,
  ): CampaignPicture {
    const { asksAll, ...how } = this.how;
    const coverage = coveredOf(campaignCoverageOf(tally, [], asksAll, !without.includes('paging')));
    this.remember({ elapsedMs, runs, steps, percent: coverage.map(percentOf) });
    return {
      ...how,
      ...{ runs, steps, elapsedMs, stepsPerSecond: this.speedAt(elapsedMs, steps), coverage },
      workers: farm?.workers ?? [],
      campaign: farm?.campaign ?? null,
      found: [...this.found],
      waitsFor: this.waitsFor,
      history: [...this.history],
      conclusion,
    };
  }

  private speedAt(elapsedMs: number, steps: number): number {
    const { speeds } = this;
    speeds.push({ elapsedMs, steps });
    while (speeds.length > 2 && elapsedMs - speeds[1]!.elapsedMs >= SPEED_OVER_MS) speeds.shift();
    const since = speeds.length > 1 ? speeds[0]! : { elapsedMs: 0, steps: 0 };
    return Math.round(((steps - since.steps) * 1000) / Math.max(1, elapsedMs - since.elapsedMs));
  }

  private remember(moment: Moment): void {
    // The last one is always there, and gives way to the next until it is far enough from the one before it.
    const before = this.history.at(-2);
    if (before !== undefined && moment.elapsedMs - before.elapsedMs < this.everyMs) this.history.pop();
    this.history.push(moment);
    if (this.history.length <= MOST_MOMENTS) return;
    this.history = this.history.filter((_, index) => index % 2 === 0);
    this.everyMs = (2 * moment.elapsedMs) / MOST_MOMENTS;
  }
}

function percentOf({ covered, total }: Covered): number {
  return total === 0 ? 100 : (100 * covered) / total;
}

function coveredOf(coverage: ReturnType<typeof campaignCoverageOf>): Covered[] {
  const { transitions, pairs, guards, rules, boundaries } = coverage;
  const kinds: [string, { covered: number; total: number } | null][] = [
    ['transitions', transitions],
    ['pairs', pairs],
    ['guards', guards],
    ['rules', rules === null ? null : { covered: rules.met, total: rules.total }],
    ['boundaries', boundaries],
  ];
  return kinds.flatMap(([what, one]) =>
    one === null ? [] : [{ what, covered: one.covered, total: one.total }],
  );
}
