import type { Violation } from '../campaign/campaign.ts';
import { reportText } from '../campaign/report.ts';
import type { CampaignSummary } from '../campaign/summary.ts';
import type { CorpusSummary } from '../fuzz.ts';
import type { SetAside } from '../records/collect.ts';
import { wrapped } from '../text.ts';
import { githubText } from './github.ts';
import { junitText } from './junit.ts';

export const REPORTERS = ['human', 'json', 'junit', 'github'] as const;
export type Reporter = (typeof REPORTERS)[number];

/** What there is to report of a campaign. */
export interface Reported {
  readonly summary: CampaignSummary;
  readonly violations: readonly Violation[];
  readonly corpus: CorpusSummary | null;
  /** A sentence for each threshold of coverage that was missed. */
  readonly missed: readonly string[];
  /** Files that could not be read. */
  readonly setAside: readonly SetAside[];
  /** What names the scheduler on the command line. */
  readonly flags: string;
}

/** A report for somebody, without its last newline. */
export function reportFor(reporter: Reporter, reported: Reported): string {
  switch (reporter) {
    case 'human':
      return humanText(reported);
    case 'json':
      return JSON.stringify(jsonOf(reported));
    case 'junit':
      return junitText(reported);
    case 'github':
      return `${humanText(reported)}\n${githubText(reported)}`.trimEnd();
  }
}

function humanText({ summary, violations, corpus, flags }: Reported): string {
  const text = reportText(summary, violations, flags);
  if (corpus === null) return text;
  const { directory, replayed, added, kept } = corpus;
  const words = `corpus ${directory}: ${replayed} scenarios replayed, ${added} added, ${kept} kept`;
  return `${text}\n\n${wrapped(words).join('\n')}`;
}

function jsonOf({ summary, corpus, missed, setAside }: Reported): object {
  return { ...summary, missedThresholds: missed, corpus, setAside };
}
