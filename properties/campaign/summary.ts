import { type Coverage, coverageOf } from '../../model/coverage.ts';
import { CATALOGUE, type Property, type PropertyId } from '../catalogue.ts';
import type { CampaignResult, Shard, Violation } from './campaign.ts';
import { fingerprintOf } from './fingerprint.ts';
import { timesMet } from './referee.ts';

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
   * Whether a property failed, one was never put to the test, or all is well; `interrupted` before either. Of a shard
   * by itself it is only asked whether a property failed; `incomplete` when shards are missing from all of them.
   */
  verdict: 'accepted' | 'violated' | 'untested' | 'interrupted' | 'incomplete';
  properties: { id: PropertyId; met: number; verdict: PropertyVerdict }[];
  violations: ViolationSummary[];
  coverage: Coverage;
}

export interface ViolationSummary {
  property: PropertyId;
  rule: string | null;
  fingerprint: string;
  steps: number;
  message: string;
  file: string;
}

export type PropertyVerdict = 'holds' | 'violated' | 'never tested';

/** The properties that a campaign judges: all, or those asked for; without a twin there is nothing to agree with. */
export function judgedProperties(wanted: readonly PropertyId[], hasTwin: boolean): readonly Property[] {
  return CATALOGUE.filter(
    ({ id }) => (wanted.length === 0 || wanted.includes(id)) && (hasTwin || id !== 'immer-equals-direct'),
  );
}

export function summarize(
  result: CampaignResult,
  how: {
    scheduler: string;
    seed: number;
    seconds: number;
    properties: readonly Property[];
    /** Where each violation is kept, in their order. */
    files: readonly string[];
    interrupted: boolean;
    runsAsked?: number | undefined;
    budgetMs?: number | undefined;
    shard?: Shard | undefined;
    missingShards?: readonly number[];
  },
): CampaignSummary {
  const { tally, runs, violations } = result;
  const properties = how.properties.map(({ id }) => {
    const met = timesMet(tally, id);
    const violated = violations.some(({ finding }) => finding.property === id);
    const verdict: PropertyVerdict = violated ? 'violated' : met === 0 ? 'never tested' : 'holds';
    return { id, met, verdict };
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
    verdict: verdictOf(properties, how),
    properties,
    violations: violations.map((violation, index) => summaryOf(violation, how.files[index]!)),
    coverage: coverageOf(tally),
  };
}

function summaryOf({ finding, scenario }: Violation, file: string): ViolationSummary {
  const { property, rule, message } = finding;
  const fingerprint = fingerprintOf(property, scenario);
  return { property, rule, fingerprint, steps: scenario.stimuli.length, message, file };
}

function verdictOf(
  properties: CampaignSummary['properties'],
  {
    interrupted,
    shard,
    missingShards = [],
  }: { interrupted: boolean; shard?: Shard | undefined; missingShards?: readonly number[] },
): CampaignSummary['verdict'] {
  if (properties.some(({ verdict }) => verdict === 'violated')) return 'violated';
  if (interrupted) return 'interrupted';
  if (missingShards.length > 0) return 'incomplete';
  if (shard !== undefined) return 'accepted';
  return properties.some(({ verdict }) => verdict === 'never tested') ? 'untested' : 'accepted';
}
