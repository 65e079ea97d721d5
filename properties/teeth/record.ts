import { existsSync, readFileSync } from 'node:fs';
import { MUTANTS } from '../mutants/index.ts';
import { foundAlone } from './alone.ts';
import type { Row } from './table.ts';

/** What `npm run teeth -- --record docs/teeth.json` has measured. */
export interface TeethRecord {
  readonly seeds: number;
  readonly runs: number;
  /** Each wrong scheduler by the property that its file names. */
  readonly rows: readonly Row[];
  /** Each property by the wrong schedulers that it must find alone. */
  readonly alone: readonly Row[];
}

/** The record in a file, or null where there is none. */
export function readRecord(file: string): TeethRecord | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TeethRecord) : null;
}

/**
 * What was measured now, with what was measured in the same way before of those that were not: in the order of the wrong
 * schedulers, and without those that are gone.
 */
export function withKept(now: TeethRecord, before: TeethRecord | null): TeethRecord {
  const kept = before !== null && before.seeds === now.seeds && before.runs === now.runs ? before : null;
  const rowOf = (rows: readonly Row[], name: string, property: string): Row | undefined =>
    rows.find((row) => row.name === name && row.rule === property);
  const rows = MUTANTS.flatMap(({ name, rule }) => {
    return rowOf(now.rows, name, rule) ?? rowOf(kept?.rows ?? [], name, rule) ?? [];
  });
  const alone = foundAlone().flatMap(({ name, property }) => {
    return rowOf(now.alone, name, property) ?? rowOf(kept?.alone ?? [], name, property) ?? [];
  });
  return { ...now, rows, alone };
}
