import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CounterexampleRecord, readRecord } from '../records/record.ts';
import type { MuseumFigures } from './figures.ts';
import { BUILT_PIECES } from './pieces/index.ts';

/** Where `npm run museum` writes what it measures, and the counterexamples that it finds. */
export const FIGURES_FILE = 'docs/museum.json';
export const RECORDS_FOLDER = 'counterexamples/museum';

/** What is kept of the museum: figures, and the shrunk counterexample of each built piece by its id. */
export interface Collection {
  readonly figures: MuseumFigures;
  readonly records: ReadonlyMap<string, CounterexampleRecord>;
}

/** The file of a piece's counterexample, from the root of the project. */
export function recordFile(id: string): string {
  return `${RECORDS_FOLDER}/${id}.json`;
}

/**
 * Reads what is kept.
 *
 * @throws Error when a file is missing: `npm run museum` writes them.
 */
export function readCollection(root = '.'): Collection {
  const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
  return {
    figures: JSON.parse(textOf(FIGURES_FILE)) as MuseumFigures,
    records: new Map(BUILT_PIECES.map(({ id }) => [id, readRecord(textOf(recordFile(id)))])),
  };
}
