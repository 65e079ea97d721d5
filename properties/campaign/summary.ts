import type { PartId } from '../../model/alphabet.ts';
import { CATALOGUE, type Property, type PropertyId, propertyOf } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { type CampaignCoverage, campaignCoverageOf } from '../goals/coverage.ts';
import { whyNotApplicable } from '../parts.ts';
import { isAsked } from '../play/asked.ts';
import { timesMet } from '../play/tally.ts';
import type { CampaignResult, CampaignShard, CampaignViolation } from './campaign.ts';
import { type Discovery, discoveryOf } from './discovery.ts';
import { fingerprintOf } from './fingerprint.ts';

/** What a campaign reports, as JSON has it. */
export interface CampaignSummary {
  scheduler: string;
  seed: number;
  /** Which part of a campaign this was, as `--shard` has it; null for all of it. */
  shard: string | null;
  /** Shards of which there was no report, when several were united. */
  missingShards: number[];
  /** How many runs were asked for in all shards, and how much time; null where there was no such limit. */
  runsAsked: number | null;
  budgetMs: number | null;
  runs: number;
  steps: number;
  seconds: number;
  stepsPerSecond: number;
  /**
   * Whether a property failed (`nondeterministic`: once, and not again), one was not shown or a goal never met, or all
   * is well; `interrupted` before either. Of a shard by itself it is only asked whether a property failed; `incomplete`
   * when shards are missing from all of them.
   */
  verdict: 'accepted' | 'violated' | 'nondeterministic' | 'untested' | 'interrupted' | 'incomplete';
  /** The parts of XX that were not tried. */
  without: readonly PartId[];
  /** Whether runs went on from what others had met, so that the same seed need not give the same again; absent if not. */
  sharedCorpus?: true;
  properties: PropertySummary[];
  violations: ViolationSummary[];
  /** What a report says was found, and whose counterexample cannot be read; absent when there is nothing of the kind. */
  lost?: readonly LostFinding[];
  coverage: CampaignCoverage;
  /** What it may have missed; null when something was found, no run was made, or a report says nothing of it. */
  discovery: Discovery | null;
}

/** Something that was found and of which no more is known. */
export interface LostFinding {
  /** Null when the name of its file does not say. */
  readonly property: PropertyId | null;
  readonly file: string;
  /** Why it cannot be read. */
  readonly reason: string;
}

export interface ViolationSummary {
  property: PropertyId;
  rule: string | null;
  fingerprint: string;
  steps: number;
  /** Properties beyond the rules that do not hold either where the refused step leads. */
  falls: PropertyId[];
  message: string;
  file: string;
}

/**
 * What a campaign has shown of a property. It *holds* only if it was put to the test in a campaign that went to its
 * end, and nothing speaks against it; what was not put to the test, or not enough, is *not shown*. It is *not
 * applicable* to a scheduler that it says nothing about.
 */
export type PropertyVerdict = 'holds' | 'violated' | 'not shown' | 'not applicable';

/** What was found out about one property. */
export interface PropertySummary {
  id: PropertyId;
  /** How often its premise was met. */
  met: number;
  verdict: PropertyVerdict;
  /** Why it is not shown, or not applicable; null otherwise. */
  why: string | null;
}

/** The properties that a campaign judges: those asked for, or all that a scheduler can break but what is left out and what is judged on request. */
export function judgedProperties(
  wanted: readonly PropertyId[],
  except: readonly PropertyId[] = [],
): readonly Property[] {
  const asked = { properties: wanted, except };
  return CATALOGUE.filter(({ id, ofTheModel }) => !ofTheModel && isAsked(asked, id));
}

export function summarize(
  result: CampaignResult,
  how: {
    scheduler: string;
    seed: number;
    seconds: number;
    properties: readonly Property[];
    /** Whether everything was judged, so that all rules are watched. */
    asksAll?: boolean;
    /** Whether there is a twin to agree with. */
    hasTwin: boolean;
    /** Where each violation is kept, in their order. */
    files: readonly string[];
    interrupted: boolean;
    runsAsked?: number | undefined;
    budgetMs?: number | undefined;
    shard?: CampaignShard | undefined;
    missingShards?: readonly number[];
    lost?: readonly LostFinding[];
    /** Whether runs went on from what others had met. */
    sharedCorpus?: boolean;
    /** Names of somebody's own goals, in the order in which they are counted. */
    goals?: readonly string[];
  },
): CampaignSummary {
  const { tally, runs, violations, sightings } = result;
  const asksAll = how.asksAll ?? how.properties.length === judgedProperties([]).length;
  const coverage = campaignCoverageOf(tally, how.goals ?? [], asksAll, !result.without.includes('paging'));
  const isFound = violations.length > 0 || (how.lost ?? []).length > 0;
  const properties = propertiesShown(how.properties, result).map(({ id }): PropertySummary => {
    const met = timesMet(tally, id);
    return { id, met, ...shownOf(id, met, result, how) };
  });
  return {
    scheduler: how.scheduler,
    seed: how.seed,
    shard: how.shard === undefined ? null : `${how.shard.index}/${how.shard.of}`,
    missingShards: [...(how.missingShards ?? [])],
    runsAsked: how.runsAsked ?? null,
    budgetMs: how.budgetMs ?? null,
    runs,
    steps: tally.steps,
    seconds: how.seconds,
    stepsPerSecond: how.seconds > 0 ? Math.round(tally.steps / how.seconds) : 0,
    verdict: violations.some(({ onlyOnce }) => onlyOnce)
      ? 'nondeterministic'
      : verdictOf(properties, coverage, how),
    without: result.without,
    ...(how.sharedCorpus === true ? { sharedCorpus: true } : {}),
    properties,
    violations: violations.map((violation, index) => summaryOf(violation, how.files[index]!)),
    ...(how.lost === undefined || how.lost.length === 0 ? {} : { lost: how.lost }),
    coverage,
    discovery: isFound || sightings === null ? null : discoveryOf(runs, sightings),
  };
}

/** Those that are judged; and `possible-decision`, which is judged whatever is asked, if it was violated. */
function propertiesShown(judged: readonly Property[], { violations }: CampaignResult): readonly Property[] {
  const others = violations.map(({ finding }) => propertyOf(finding.property));
  return [...judged, ...others.filter((other) => !judged.includes(other))];
}

/** What a campaign has shown of a property. */
export function shownOf(
  id: PropertyId,
  met: number,
  { violations, tally, runs, without }: CampaignResult,
  how: {
    hasTwin: boolean;
    interrupted: boolean;
    missingShards?: readonly number[];
    lost?: readonly LostFinding[];
  },
): Pick<PropertySummary, 'verdict' | 'why'> {
  const notShown = (why: string) => ({ verdict: 'not shown', why }) as const;
  if (violations.some(({ finding }) => speaksAgainst(finding, id))) return { verdict: 'violated', why: null };
  const { lost = [] } = how;
  if (lost.some(({ property }) => property === id)) return { verdict: 'violated', why: null };
  if (id === 'immer-equals-direct' && !how.hasTwin) {
    return { verdict: 'not applicable', why: 'there is no second way to run this scheduler' };
  }
  const whyNot = whyNotApplicable(id, without);
  if (whyNot !== null) return { verdict: 'not applicable', why: whyNot };
  if (violations.length > 0 && !violations.every((violation) => endedOnlyItsRun(violation, tally))) {
    return notShown('the campaign ended first, with a violation');
  }
  if (lost.length > 0) return notShown('something else was found, and its counterexample cannot be read');
  if (met === 0) return notShown(`it never happened that ${propertyOf(id).premise}`);
  if (how.interrupted) return notShown('the campaign was interrupted');
  if (how.missingShards !== undefined && how.missingShards.length > 0) return notShown('shards are missing');
  // An impossible decision ends only its own run, but a campaign in which one was found is no evidence of a property.
  if (violations.length > 0 || 2 * tally.endedEarly > runs) {
    return notShown(`${tally.endedEarly} of ${runs} runs could not be played to their end`);
  }
  return { verdict: 'holds', why: null };
}

/**
 * Whether the campaign has gone on after it: a decision that is not possible, when only other properties were asked
 * for.
 */
function endedOnlyItsRun(
  { finding, alone }: CampaignViolation,
  { endedEarly }: CampaignResult['tally'],
): boolean {
  return alone && finding.property === 'possible-decision' && endedEarly > 0;
}

function speaksAgainst({ property, falls }: Finding, id: PropertyId): boolean {
  return property === id || falls.some((fallen) => fallen.property === id);
}

function summaryOf({ finding, scenario }: CampaignViolation, file: string): ViolationSummary {
  const { property, rule, message } = finding;
  const fingerprint = fingerprintOf(property, scenario);
  const falls = finding.falls.map((fallen) => fallen.property);
  return { property, rule, fingerprint, steps: scenario.stimuli.length, falls, message, file };
}

function verdictOf(
  properties: CampaignSummary['properties'],
  { goals }: CampaignCoverage,
  {
    interrupted,
    shard,
    missingShards = [],
    lost = [],
  }: {
    interrupted: boolean;
    shard?: CampaignShard | undefined;
    missingShards?: readonly number[];
    lost?: readonly LostFinding[];
  },
): CampaignSummary['verdict'] {
  if (lost.length > 0 || properties.some(({ verdict }) => verdict === 'violated')) return 'violated';
  if (interrupted) return 'interrupted';
  if (missingShards.length > 0) return 'incomplete';
  if (shard !== undefined) return 'accepted';
  const judged = properties.filter(({ verdict }) => verdict !== 'not applicable');
  const shown =
    goals.missing.length === 0 && judged.length > 0 && judged.every(({ verdict }) => verdict === 'holds');
  return shown ? 'accepted' : 'untested';
}
