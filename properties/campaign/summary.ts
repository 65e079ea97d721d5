import { type Coverage, coverageOf } from '../../model/coverage.ts';
import { CATALOGUE, type Property, type PropertyId } from '../catalogue.ts';
import { fileOfRecord } from '../records/keep.ts';
import type { CampaignResult, Violation } from './campaign.ts';
import { fingerprintOf } from './fingerprint.ts';
import { timesMet } from './referee.ts';

/** What a campaign reports, as JSON has it. */
export interface CampaignSummary {
  scheduler: string;
  seed: number;
  runs: number;
  steps: number;
  seconds: number;
  stepsPerSecond: number;
  /** Whether a property failed, one was never put to the test, or all is well; `interrupted` before either. */
  verdict: 'accepted' | 'violated' | 'untested' | 'interrupted';
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
    directory: string;
    interrupted: boolean;
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
    runs,
    steps: tally.steps,
    seconds: how.seconds,
    stepsPerSecond: how.seconds > 0 ? Math.round(tally.steps / how.seconds) : 0,
    verdict: verdictOf(properties, how.interrupted),
    properties,
    violations: violations.map((violation) => summaryOf(violation, how.directory)),
    coverage: coverageOf(tally),
  };
}

function summaryOf({ finding, scenario }: Violation, directory: string): ViolationSummary {
  const { property, rule, message } = finding;
  const fingerprint = fingerprintOf(property, scenario);
  const file = fileOfRecord(directory, { property, fingerprint });
  return { property, rule, fingerprint, steps: scenario.stimuli.length, message, file };
}

function verdictOf(
  properties: CampaignSummary['properties'],
  interrupted: boolean,
): CampaignSummary['verdict'] {
  if (properties.some(({ verdict }) => verdict === 'violated')) return 'violated';
  if (interrupted) return 'interrupted';
  return properties.some(({ verdict }) => verdict === 'never tested') ? 'untested' : 'accepted';
}
