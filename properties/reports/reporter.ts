import { printable, printableJson } from '../../model/printable.ts';
import { reportText } from '../campaign/report.ts';
import { wrapped } from '../text.ts';
import { githubText } from './github.ts';
import { junitText } from './junit.ts';
import type { Reported } from './reported.ts';

export const REPORTERS = ['human', 'json', 'junit', 'github'] as const;
export type Reporter = (typeof REPORTERS)[number];

/** A report in the form that was asked for, without its last newline. */
export function reportFor(reporter: Reporter, reported: Reported): string {
  switch (reporter) {
    case 'human':
      return humanText(reported);
    case 'json':
      return printableJson(jsonOf(reported));
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
  const words = `corpus ${printable(directory)}: ${replayed} scenarios replayed, ${added} added, ${kept} kept`;
  return `${text}\n\n${wrapped(words).join('\n')}`;
}

function jsonOf({ summary, corpus, missed, setAside }: Reported): object {
  return { ...summary, missedThresholds: missed, corpus, setAside };
}
