import { parseArgs } from 'node:util';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { availableWorkers, startWorkers } from '../workers.ts';
import type { Mark, SharingOptions } from './measure.ts';
import { RECORD_FILE, rowOf, type SharingRecord } from './record.ts';

/**
 * What `npm run sharing` runs: campaigns with and without a shared corpus, of the same seeds and the same number of steps.
 * `-- --write` keeps what came out in docs/sharing.json, from which `npm run docs` makes a table.
 */
const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, seeds: { type: 'string', default: '10' } },
});
const SIZES: readonly (readonly [Size, number])[] = [
  ['small', 100_000],
  ['medium', 300_000],
];
const seeds = Number(values.seeds);
const workers = startWorkers<SharingOptions, readonly Mark[]>('sharing/worker', availableWorkers());
const line = progressLine(process.stderr);
let done = 0;
const measure = async (options: SharingOptions): Promise<readonly Mark[]> => {
  const marks = await workers.run(options);
  line.show(`${++done} of ${2 * SIZES.length * seeds} campaigns`);
  return marks;
};
const all = Array.from({ length: seeds }, (_, index) => index + 1);
const rows = await Promise.all(
  SIZES.map(async ([size, steps]) => {
    const compared = await Promise.all(
      all.map(async (seed) => {
        const [alone, shared] = [false, true].map((shares) => measure({ size, seed, steps, shares }));
        return { alone: await alone!, shared: await shared! };
      }),
    );
    return (['transitions', 'pairs'] as const).map((what) => rowOf(size, what, steps, compared));
  }),
).finally(() => workers.destroy());
line.clear();
const record: SharingRecord = { seeds, rows: rows.flat() };
if (values.write) writeWhole(RECORD_FILE, `${JSON.stringify(record, null, 1)}\n`);
process.stdout.write(`${JSON.stringify(record, null, 1)}\n`);
