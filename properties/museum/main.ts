import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { type CounterexampleRecord, readRecord, recordText } from '../records/record.ts';
import { FIGURES_FILE, RECORDS_FOLDER, recordFile } from './collection.ts';
import { MOST_RUNS, type MuseumFigures, SEEDS } from './figures.ts';
import { measure } from './measure.ts';
import { BUILT_PIECES } from './pieces/index.ts';

/** `npm run museum`: how soon campaigns find each piece, and the shortest scenario that shows it. */
const line = progressLine(process.stderr);
const pieces: { id: string; runs: readonly (number | null)[] }[] = [];
for (const [index, piece] of BUILT_PIECES.entries()) {
  line.show(`${index + 1} of ${BUILT_PIECES.length}: ${piece.id}`);
  const { runs, record } = await measure(piece);
  pieces.push({ id: piece.id, runs });
  keep(recordFile(piece.id), record);
}
line.clear();
const figures: MuseumFigures = { seeds: SEEDS, mostRuns: MOST_RUNS, pieces };
writeWhole(FIGURES_FILE, `${JSON.stringify(figures, null, 2)}\n`);
for (const name of existsSync(RECORDS_FOLDER) ? readdirSync(RECORDS_FOLDER) : []) {
  if (!pieces.some(({ id }) => name === `${id}.json`)) rmSync(join(RECORDS_FOLDER, name));
}
process.stdout.write(`${pieces.length} pieces are in ${FIGURES_FILE} and ${RECORDS_FOLDER}/\n`);

/** Writes a record, unless the same is there: its origin alone, which names the commit, makes no other one of it. */
function keep(file: string, record: CounterexampleRecord): void {
  if (existsSync(file)) {
    const { origin } = record;
    const kept = { ...readRecord(readFileSync(file, 'utf8')), origin };
    if (isDeepStrictEqual(recordText(kept), recordText(record))) return;
  }
  writeWhole(file, recordText(record));
}
