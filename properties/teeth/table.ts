import Table from 'cli-table3';
import { median } from 'simple-statistics';
import type { Teeth } from './teeth.ts';

/** What all seeds together say about one mutant and one property. */
export interface Row {
  readonly name: string;
  /** The property that must find it, on its own evidence. */
  readonly rule: string;
  /** Runs to find it by that; infinite when that was not done from every seed. */
  readonly medianRuns: number;
  readonly mostRuns: number;
  /** The most steps of a shrunk scenario that shows it. */
  readonly steps: number;
  readonly shortest: number | null;
  /** Steps after shrinking by the shortest possible, where exploration finds one that is no longer. */
  readonly ratio: number | null;
}

export function rowOf({ name, property, bites, shortest }: Teeth): Row {
  const runs = bites.map((bite) => bite?.runs ?? Number.POSITIVE_INFINITY);
  const steps = Math.max(0, ...bites.map((bite) => bite?.steps ?? 0));
  return {
    name,
    rule: property,
    medianRuns: median(runs),
    mostRuns: Math.max(...runs),
    steps,
    shortest,
    ratio: shortest === null ? null : steps / shortest,
  };
}

/** The rows as a table of 80 columns. */
export function tableOf(rows: readonly Row[]): string {
  const table = new Table({
    head: ['wrong scheduler', 'property', 'runs', 'most', 'steps', 'least'],
    colWidths: [33, 21, 6, 6, 7, 7],
    wordWrap: true,
    wrapOnWordBoundary: false,
    chars: PLAIN,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right'],
  });
  for (const { name, rule, medianRuns, mostRuns, steps, shortest } of rows) {
    table.push([name, rule, runsText(medianRuns), runsText(mostRuns), steps, shortest ?? '-']);
  }
  return table.toString();
}

/** The rows of properties, summed up in a sentence. */
export function conclusionAlone(rows: readonly Row[], seeds: number): string {
  const properties = new Set(rows.map(({ rule }) => rule));
  const toothless = [...properties].filter((rule) =>
    rows.some((row) => row.rule === rule && !Number.isFinite(row.mostRuns)),
  );
  return toothless.length === 0
    ? `each of ${properties.size} properties finds all of its wrong schedulers alone, from each of ${seeds} seeds`
    : `not every wrong scheduler is found alone by ${toothless.join(', ')}`;
}

/** The rows, summed up in sentences. */
export function conclusionOf(rows: readonly Row[], seeds: number): string[] {
  const missed = rows.filter(({ mostRuns }) => !Number.isFinite(mostRuns));
  const ratios = rows.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
  const sentences = [
    `${rows.length - missed.length} of ${rows.length} wrong schedulers are found by their rule from each of ${seeds} seeds`,
  ];
  if (ratios.length > 0) {
    const longer = ratios.filter((ratio) => ratio > 1).length;
    const others =
      longer === 0
        ? ''
        : `; ${longer === 1 ? 'the other one has' : `the other ${longer} have`} at most ${Math.max(...ratios).toFixed(2)} times the steps of the shortest known`;
    sentences.push(
      `for ${rows.length - longer} of them the shrunk scenario is as short as any that exploration finds${others}`,
    );
  }
  return sentences;
}

const PLAIN = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'])
    .map((part) => [part, '']),
);

function runsText(runs: number): string {
  return Number.isFinite(runs) ? String(runs) : 'never';
}
