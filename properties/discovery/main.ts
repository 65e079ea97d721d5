import { parseArgs } from 'node:util';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { MUTANTS } from '../mutants/index.ts';
import { availableWorkers, startWorkers } from '../workers.ts';
import type { Held } from './measure.ts';
import { type DiscoveryRecord, isCalibrated, RECORD_FILE, rowsOf } from './record.ts';
import type { DiscoveryTask } from './worker.ts';

/**
 * What `npm run discovery` runs: campaigns of every wrong scheduler, and many more runs that tell whether what the campaigns
 * said of what is left was true. `-- --write` keeps what came out in docs/discovery.json, from which `npm run docs` makes a
 * page. Fails when campaigns are wrong more often than they say.
 */
const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, seeds: { type: 'string', default: '1' } },
});
const AFTER = [50, 200];
const FURTHER = 400;
/** It is found in every campaign at once, and sooner or later does not end a step, after which nobody can go on. */
const NEVER_ENDS = 'kairos-runs-the-most-attained';
const NAMES = MUTANTS.map(({ name }) => name).filter((name) => name !== NEVER_ENDS);
const seeds = Number(values.seeds);
const workers = startWorkers<DiscoveryTask, readonly Held[]>('discovery/worker', availableWorkers());
const line = progressLine(process.stderr);
let done = 0;
const tasks = Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) =>
  NAMES.map((name) => ({ name, options: { seed, after: AFTER, further: FURTHER } })),
);
const held = await Promise.all(
  tasks.map(async (task) => {
    const measured = await workers.run(task);
    line.show(`${++done} of ${tasks.length}: ${task.name}`);
    return measured;
  }),
).finally(() => workers.destroy());
line.clear();
const rows = rowsOf(held);
const record: DiscoveryRecord = { seeds, further: FURTHER, schedulers: NAMES.length, rows };
if (values.write) writeWhole(RECORD_FILE, `${JSON.stringify(record, null, 1)}\n`);
console.table(rows);
process.exitCode = rows.every(isCalibrated) ? 0 : 1;
