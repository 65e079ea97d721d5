import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { COMPARED, findScheduler } from '../../reference-impl/schedulers/registry.ts';
import { keepRecord } from '../records/keep.ts';
import { type CrowdingRow, RECORDS_FOLDER, ROWS_FILE, readRows } from './evidence.ts';
import { smallestCrowding } from './search.ts';
import { STRENGTHS } from './strengths.ts';

/**
 * What `npm run crowding` runs: looks for the smallest scenario in which each scheduler of the registry lets one be
 * crowded, in each strength, and keeps it. `-- NAME...` looks at these alone and keeps what is known of the others.
 * `npm run docs` makes a page of it.
 */
const EFFORT = { seeds: [1, 2, 3], runs: 2_000 };

const { positionals } = parseArgs({ allowPositionals: true });
const names = positionals.map((name) => findScheduler(name).name);
const kept = names.length === 0 ? [] : readRows().filter(({ scheduler }) => !names.includes(scheduler));
const rows: CrowdingRow[] = [];
if (names.length === 0) rmSync(RECORDS_FOLDER, { recursive: true, force: true });
for (const name of COMPARED) {
  if (names.length > 0 && !names.includes(name)) {
    rows.push(...kept.filter(({ scheduler }) => scheduler === name));
    continue;
  }
  const folder = join(RECORDS_FOLDER, name);
  rmSync(folder, { recursive: true, force: true });
  for (const { id } of STRENGTHS) {
    process.stderr.write(`${name}: ${id}\n`);
    const record = await smallestCrowding(name, id, EFFORT);
    const file = record === null ? null : keepRecord(folder, record);
    rows.push({ scheduler: name, strength: id, runs: EFFORT.seeds.length * EFFORT.runs, file });
  }
}
writeWhole(ROWS_FILE, `${JSON.stringify(rows, null, 2)}\n`);
