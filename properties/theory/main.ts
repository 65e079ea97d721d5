import { parseArgs } from 'node:util';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { rounded } from '../evaluation/rounded.ts';
import { SETTINGS } from './experiments.ts';
import { theoryText } from './report.ts';
import { runTheory } from './run.ts';

/**
 * What `npm run theory` runs: the simulator against the closed forms, long enough to tell. `-- --write` keeps what came
 * out in docs/theory.json, from which `npm run docs` makes a page.
 */
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const line = progressLine(process.stderr);
const report = await runTheory({
  settings: SETTINGS,
  replications: 20,
  base: 50_000,
  seed: 1,
  onProgress: (done, of) => line.show(`${done} of ${of} replications`),
});
line.clear();
if (values.write) writeWhole('docs/theory.json', `${JSON.stringify(rounded(report), null, 1)}\n`);
process.stdout.write(`${theoryText(report)}\n`);
process.exitCode = report.rows.every(({ holds }) => holds) ? 0 : 1;
