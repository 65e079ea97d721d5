import { mkdirSync } from 'node:fs';
import { scenarioText } from '../../model/format/write.ts';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { TEXT_FINDINGS } from './catalogue/index.ts';
import { scenarioFile } from './files.ts';
import { smallest } from './find.ts';
import { type FindingsRecord, measure, measureDepartures, measurePrices } from './record.ts';

/**
 * What `npm run findings` runs: replays every finding on the text, looks for each at random, and measures what repairs cost;
 * docs/findings.json keeps it. With `-- --find` it first finds and shrinks the scenarios anew; names after that limit it to these.
 */
const [flag, ...ids] = process.argv.slice(2);
if (flag === '--find') {
  mkdirSync('counterexamples/findings', { recursive: true });
  for (const finding of TEXT_FINDINGS) {
    if (ids.length > 0 && !ids.includes(finding.id)) continue;
    const scenario = await smallest(finding);
    process.stderr.write(`${finding.id}: ${scenario.stimuli.length} steps\n`);
    writeWhole(scenarioFile(finding.id), scenarioText(scenario));
  }
}
const record: FindingsRecord = {
  findings: TEXT_FINDINGS.map((finding) => {
    process.stderr.write(`${finding.id}\n`);
    return measure(finding);
  }),
  departures: await measureDepartures(),
  prices: measurePrices(),
};
writeWhole('docs/findings.json', `${JSON.stringify(record, null, 1)}\n`);
