import { Option } from 'commander';
import type { CampaignSummary } from '../campaign/summary.ts';
import { readThresholds } from '../campaign/thresholds.ts';
import { REPORTERS } from '../reports/reporter.ts';
import { EXIT, interruptedCode } from './command.ts';

/** What \`xx fuzz\` and \`xx fuzz merge\` share: how a campaign is reported, and what it ends with. */

export function minCoverageOption(): Option {
  return new Option(
    '--min-coverage <list>',
    'percent that must be covered, such as transitions=100,pairs=75,guards=100,rules=100,boundaries=100',
  ).argParser(readThresholds);
}

export function reporterOption(): Option {
  return new Option('--reporter <name>', 'for people, as JSON, as JUnit XML, or with annotations for GitHub')
    .choices(REPORTERS)
    .default('human');
}

/** A property that was never put to the test fails a campaign: it has shown nothing. */
export function exitCode({ verdict }: CampaignSummary, missed: readonly string[]): number {
  if (verdict === 'accepted') return missed.length > 0 ? EXIT.violation : EXIT.accepted;
  return verdict === 'interrupted' ? interruptedCode() : EXIT.violation;
}
