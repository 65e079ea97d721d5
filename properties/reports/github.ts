import { counted } from '../../model/counted.ts';
import { printable } from '../../model/printable.ts';
import { notShown } from '../campaign/report.ts';
import { CATALOGUE } from '../catalogue.ts';
import { notTriedText } from '../parts.ts';
import { nextCommands } from './next-commands.ts';
import type { Reported } from './reported.ts';

/** What is wrong, and what was not tried, as annotations of GitHub Actions, a line each; nothing when all is well. */
export function githubText({ summary, missed, setAside, flags }: Reported): string {
  const lines = summary.violations.map(({ property, message, file, steps, falls }) => {
    const { sentence } = CATALOGUE.find(({ id }) => id === property)!;
    const text = [
      sentence,
      printable(message),
      `${counted(steps, 'step')}, written to ${printable(file)}`,
      ...nextCommands(file, property, flags),
    ];
    const violated = [property, ...falls].join(', ');
    return annotation(
      'error',
      { file: printable(file), title: `${violated} ${falls.length > 0 ? 'are' : 'is'} violated` },
      text.join('\n'),
    );
  });
  for (const { property, file, reason } of summary.lost ?? []) {
    const title = property === null ? 'something was found' : `${property} is violated`;
    lines.push(annotation('error', { file: printable(file), title }, printable(reason)));
  }
  if (summary.verdict === 'untested') {
    lines.push(annotation('error', { title: 'untested' }, `${notShown(summary)}: allow more runs`));
  }
  if (summary.verdict === 'incomplete') {
    const message = `there is no report of shards ${summary.missingShards.join(', ')}`;
    lines.push(annotation('error', { title: 'shards are missing' }, message));
  }
  const notTried = notTriedText(summary.without);
  if (notTried !== null) lines.push(annotation('notice', { title: 'a part of XX' }, notTried));
  for (const sentence of missed) lines.push(annotation('error', { title: 'coverage' }, sentence));
  for (const { file, reason } of setAside)
    lines.push(annotation('warning', { file: printable(file), title: 'set aside' }, printable(reason)));
  return lines.join('\n');
}

/** A campaign that ended because the scheduler crashed, hung or broke the contract, as an annotation. */
export function brokenGithubText(message: string): string {
  return annotation(
    'error',
    { title: 'the scheduler crashed, hung or broke the contract' },
    printable(message),
  );
}

/** A workflow command: characters that would end it or its parts are escaped as GitHub wants it. */
export function annotation(
  level: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${ofProperty(value)}`);
  return `::${level} ${list.join(',')}::${ofMessage(message)}`;
}

function ofMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function ofProperty(text: string): string {
  return ofMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
