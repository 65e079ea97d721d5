import { parseArgs } from 'node:util';
import { bench, FULL, QUICK } from './bench.ts';
import { reportText } from './report.ts';

/** What `npm run bench` runs; `-- --quick` and `-- --json` are its options. */
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const report = await bench(values.quick ? QUICK : FULL);
process.stdout.write(`${values.json ? JSON.stringify(report) : reportText(report)}\n`);
