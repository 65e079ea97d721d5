import { writeWhole } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { MUTANTS } from '../mutants/index.ts';
import { measureMasks } from './measure-masks.ts';
import { type LogsRecord, RECORD_FILE } from './record.ts';

/** `npm run logs`: how well logs that are not whole are judged, and how fast. */
const line = progressLine(process.stderr);
const masks = await measureMasks({
  traces: 1000,
  seed: 1,
  mutants: MUTANTS,
  seeds: [1, 2, 3],
  mostRuns: 2000,
  onProgress: (what) => line.show(what),
});
line.clear();
const record: LogsRecord = { node: process.versions.node, masks };
writeWhole(RECORD_FILE, `${JSON.stringify(record, null, 2)}\n`);
process.stdout.write(`${masks.rows.length} masks are in ${RECORD_FILE}\n`);
