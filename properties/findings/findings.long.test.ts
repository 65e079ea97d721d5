import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TEXT_FINDINGS } from './catalogue/index.ts';
import { departuresOf } from './departures.ts';
import { readFinding } from './files.ts';
import { seek, smallest } from './find.ts';
import { priceOf } from './price.ts';
import { type FindingsRecord, measure } from './record.ts';

const record: FindingsRecord = JSON.parse(readFileSync('docs/findings.json', 'utf8'));
const FRESH = 'npm run findings';

test.each(TEXT_FINDINGS)('what is measured of $id is what the page says', (finding) => {
  expect(measure(finding), FRESH).toEqual(record.findings.find(({ id }) => id === finding.id));
});

test('on one machine with ample memory no load of the lowest class is felt', () => {
  const finding = TEXT_FINDINGS.find(({ id }) => id === 'low-load-is-felt')!;
  const { config } = finding.world;
  const one = { ...finding.world, config: { ...config, machines: config.machines.slice(1), kMachines: 1 } };
  expect(seek(finding, 'xx', 40).seen).toBeGreaterThan(0);
  expect(seek({ ...finding, world: one }, 'xx', 200).seen).toBe(0);
});

test.each(record.prices)(
  'what repairs cost on the workload $workload is what the page says',
  ({ workload, prices }) => {
    for (const price of prices) expect(priceOf(price.scheduler, workload), FRESH).toEqual(price);
  },
);

test.each(record.departures)('what $scheduler gives up is what the page says', async (departures) => {
  expect(await departuresOf(departures.scheduler), FRESH).toEqual(departures);
});

test('a scenario is found and shrunk to what lies in counterexamples/findings', async () => {
  const finding = TEXT_FINDINGS.find(({ id }) => id === 'an-empty-machine-that-kills')!;
  expect(await smallest(finding), 'npm run findings -- --find').toEqual(readFinding(finding.id));
});
