import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeWhole } from '../../reference-impl/io/files.ts';
import type { CrowdingReport } from '../../reference-impl/simulation/crowding/report.ts';
import { main } from '../commands/main.ts';
import { plotting } from '../commands/plotting.ts';
import { ask } from '../testing/command-line.ts';
import {
  type ComparisonRecord,
  commandOf,
  EXPERIMENTS,
  type Experiment,
  pictureOfExperiment,
  recordOf,
} from './evidence.ts';

/**
 * What `npm run comparison` runs: plays all that the page of the comparison quotes, and keeps it below docs/. With
 * `-- --traces DIR` it plays the real traces as well; without, what was kept of them stays.
 */
const RECORDS = 'docs/comparison.json';
const { values } = parseArgs({ options: { traces: { type: 'string' } } });
const kept: ComparisonRecord[] = existsSync(RECORDS) ? JSON.parse(readFileSync(RECORDS, 'utf8')) : [];
const records: ComparisonRecord[] = [];
for (const experiment of EXPERIMENTS) {
  const before = kept.find(({ command }) => command === commandOf(experiment));
  if (experiment.trace !== undefined && values.traces === undefined) {
    if (before === undefined)
      throw new Error(`${commandOf(experiment)}: nothing is kept of it; say --traces DIR`);
    records.push(before);
    continue;
  }
  process.stderr.write(`${commandOf(experiment)}\n`);
  const report = await play(experiment, values.traces);
  records.push(recordOf(experiment, report));
  writeWhole(pictureOfExperiment(experiment), (await plotting()).crowdingSvg(report));
}
writeWhole(RECORDS, `${JSON.stringify(records, null, 1)}\n`);

/** By the command that the page names, as a reader would. */
async function play({ options, trace = [] }: Experiment, folder = ''): Promise<CrowdingReport> {
  const files = trace.length === 0 ? [] : ['--trace', ...trace.map((name) => join(folder, name))];
  const { code, out, err } = await ask(main, 'simulate', 'crowding', ...options, ...files, '--json');
  if (code !== 0) throw new Error(err);
  return JSON.parse(out);
}
