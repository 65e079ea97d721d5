import type { TheoryReport, TheoryRow } from './experiments.ts';

/** Theory beside simulation for people, at most 80 columns wide. */
export function theoryText(report: TheoryReport): string {
  const { rows, replications, functionsInAll, confidence, worstLittleError } = report;
  const lines = [columns('queue and figure', 'load', 'theory', 'simulated', '±', 'off by')];
  let heading = '';
  for (const row of rows) {
    const title = `${row.law}, ${row.setting}`;
    if (title !== heading) lines.push(title);
    heading = title;
    lines.push(lineOf(row));
  }
  const holding = rows.filter(({ holds }) => holds).length;
  return [
    ...lines,
    '',
    `${holding} of ${rows.length} figures hold: within 2 % of theory, which lies within ±, the interval`,
    `of ${replications} independent replications (${100 * confidence} % for all figures together).`,
    `${functionsInAll.toLocaleString('en')} functions. Little's law is off by ${(100 * worstLittleError).toExponential(1)} % in the worst run.`,
  ].join('\n');
}

function lineOf({ figure, load, theory, simulated, halfWidth, relativeError, holds }: TheoryRow): string {
  const off = `${(100 * relativeError).toFixed(2)} %`;
  const line = columns(
    `  ${figure}`,
    String(load),
    figureText(theory),
    figureText(simulated),
    figureText(halfWidth),
    off,
  );
  return holds ? line : `${line} no`;
}

const WIDTHS = [32, 6, 9, 10, 9, 9];

function columns(first: string, ...others: string[]): string {
  return [first.padEnd(WIDTHS[0]!), ...others.map((text, i) => text.padStart(WIDTHS[i + 1]!))].join('');
}

/** Four digits, which is what such a figure is good for. */
export function figureText(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(4);
}
