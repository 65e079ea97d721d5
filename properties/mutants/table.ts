import type { Mutant } from './mutant.ts';
import type { Bite, Sighting } from './teeth.ts';

/** What the seeds say about one mutant. */
export interface Row {
  readonly mutant: Mutant;
  /** Runs to find it by its rule; infinite when that was not done from every seed. */
  readonly median: number;
  readonly most: number;
  /** How often each rule was the first to find it, the most often first. */
  readonly foundBy: readonly (readonly [string, number])[];
  /** The most steps of a scenario that shows it. */
  readonly steps: number;
}

export function rowsOf(bites: readonly Bite[]): Row[] {
  const byMutant = new Map<Mutant, Bite[]>();
  for (const bite of bites) byMutant.set(bite.mutant, [...(byMutant.get(bite.mutant) ?? []), bite]);
  return [...byMutant].map(([mutant, own]) => rowOf(mutant, own));
}

function rowOf(mutant: Mutant, bites: readonly Bite[]): Row {
  const runs = bites.map(({ named }) => named?.runs ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const counts = new Map<string, number>();
  for (const { first } of bites) {
    const by = first?.by ?? 'nothing';
    counts.set(by, (counts.get(by) ?? 0) + 1);
  }
  return {
    mutant,
    median: runs[runs.length >> 1]!,
    most: runs.at(-1)!,
    foundBy: [...counts].sort((a, b) => b[1] - a[1]),
    steps: Math.max(...bites.map(({ named }: { named: Sighting | null }) => named?.steps ?? 0)),
  };
}

/** A table, 80 columns wide: two lines for a mutant that others than its own rule found first. */
export function tableOf(rows: readonly Row[]): string {
  const head = line('mutant', 'rule', 'median', 'most', 'steps');
  return [head, '-'.repeat(80), ...rows.flatMap(linesOf)].join('\n');
}

function linesOf({ mutant, median, most, foundBy, steps }: Row): string[] {
  const first = line(mutant.name, mutant.rule, runsText(median), runsText(most), String(steps));
  const others = foundBy.filter(([by]) => by !== mutant.rule).map(([by, times]) => `${times}x ${by}`);
  return others.length === 0 ? [first] : [first, `  found first by ${others.join(', ')}`];
}

function runsText(runs: number): string {
  return Number.isFinite(runs) ? String(runs) : 'never';
}

function line(name: string, rule: string, median: string, most: string, steps: string): string {
  const numbers = [median, most, steps].map((text) => text.padStart(6)).join('');
  return `${clip(name, 41).padEnd(42)}${clip(rule, 19).padEnd(20)}${numbers}`;
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
