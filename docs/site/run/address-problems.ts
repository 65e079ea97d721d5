import { counted } from '../../../model/counted.ts';
import { show } from '../../../model/format/show.ts';
import { didYouMean } from '../../../properties/nearest.ts';

/** What of an address is not understood, each in a sentence, since nobody else tells who wrote or cut it. */

/** Names that mean nothing on a page, and places that are no numbers. */
export function problemsOf(fields: URLSearchParams, names: readonly string[]): string[] {
  const problems: string[] = [];
  for (const name of fields.keys()) {
    if (names.includes(name)) continue;
    problems.push(`The address has ${show(name)}, which means nothing here${didYouMean(name, names)}.`);
  }
  for (const name of names) {
    const times = fields.getAll(name).length;
    if (times > 1) problems.push(`The address has ${show(name)} ${times} times: the first counts.`);
  }
  for (const [name, least] of PLACES) {
    const text = fields.get(name);
    if (text !== null && names.includes(name) && wholeNumber(text, least) === null)
      problems.push(`${name}: expected a whole number from ${least} on, got ${show(text)}.`);
  }
  return problems;
}

const PLACES = [
  ['step', 1],
  ['point', 0],
] as const;

/** The same of the page of a simulation where its charts are shown. @param stretches how many replays it has. */
export function problemsOfCharts(fragment: string, stretches: number): string[] {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const problems = problemsOf(fields, ['stretch', 'step', 'point', 'beside', 'charts', 'run']);
  const stretch = fields.get('stretch');
  if (stretch !== null) {
    problems.push(
      `There is no stretch ${show(stretch)}; there ${stretches === 1 ? 'is' : 'are'} ${counted(stretches, 'stretch', 'stretches')}${stretches > 0 ? `, counted from 0` : ''}. Shown are the charts.`,
    );
  }
  return problems;
}

/** A whole number as an address has it; null where it is none, or less than the least. */
export function wholeNumber(text: string | null, least: number): number | null {
  return text !== null && /^\d{1,9}$/.test(text) && Number(text) >= least ? Number(text) : null;
}
