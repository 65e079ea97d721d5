import { counted } from '../../model/counted.ts';
import { isUndecided, type TheoryReport, type TheoryRow } from './experiments.ts';

/** Theory beside simulation for people, at most 80 columns wide. */
export function theoryText(report: TheoryReport): string {
  const { rows, replications, functionsInAll, confidence, worstLittleError, interrupted } = report;
  const early =
    interrupted === undefined
      ? []
      : [
          `Interrupted: ${counted(interrupted.notSimulated, 'setting')} not simulated to the end, and so not shown.`,
        ];
  if (rows.length === 0) return early.join('\n');
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
    ...(rows.some(isUndecided) ? ['?: too short to tell, since theory lies within ±: add --functions.'] : []),
    `${functionsInAll.toLocaleString('en')} functions. Little's law is off by ${(100 * worstLittleError).toExponential(1)} % in the worst run.`,
    ...early,
  ].join('\n');
}

function lineOf(row: TheoryRow): string {
  const { figure, load, theory, simulated, halfWidth, relativeError, holds } = row;
  const off = `${(100 * relativeError).toFixed(Math.abs(relativeError) < 0.995 ? 2 : 0)} %`;
  const line = columns(
    `  ${figure}`,
    String(load),
    figureText(theory),
    figureText(simulated),
    figureText(halfWidth),
    off,
  );
  if (holds) return line;
  return isUndecided(row) ? `${line} ?` : `${line} no`;
}

const WIDTHS = [32, 6, 9, 10, 9, 9];

function columns(first: string, ...others: string[]): string {
  return [first.padEnd(WIDTHS[0]!), ...others.map((text, i) => text.padStart(WIDTHS[i + 1]!))].join('');
}

/** Four digits, which is what such a figure is good for. */
export function figureText(value: number): string {
  if (value >= 999_999.5) return value.toExponential(value < 1e10 ? 3 : 2);
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(4);
}
