import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeWhole } from '../../reference-impl/io/files.ts';
import type { ComparisonRecord } from '../comparison/evidence.ts';
import { readRows } from '../crowding/evidence.ts';
import { RECORD_FILE as DISCOVERY_RECORD, type DiscoveryRecord } from '../discovery/record.ts';
import type { ExperimentRecord } from '../evaluation/evidence.ts';
import type { FindingsRecord } from '../findings/record.ts';
import { readLogsRecord } from '../logs/record.ts';
import { readCollection } from '../museum/collection.ts';
import type { MutationRecord } from '../mutation/survivors.ts';
import { readExamples } from '../proofs/record.ts';
import { RECORD_FILE as SCALE_RECORD, type ScaleRecord } from '../scale/record.ts';
import { RECORD_FILE as SHARING_RECORD, type SharingRecord } from '../sharing/record.ts';
import type { TeethRecord } from '../teeth/record.ts';
import type { TheoryReport } from '../theory/experiments.ts';
import {
  commandOf,
  EXPLORATIONS,
  type Exploration,
  type ExplorationRecord,
  recordOf,
} from './explorations.ts';
import { readImplementMaterial } from './implement-page.ts';
import { EXPLORATION_PAGE, FARM_PAGE, generatedPages, LOGS_PAGE } from './pages.ts';
import { readSources } from './sources.ts';

/**
 * Writes what is generated below docs/: `npm run docs`. With `-- --explore` it first repeats all the explorations that
 * the pages quote, which takes minutes.
 */
const RECORDS = 'docs/exploration.json';
const CLI = fileURLToPath(new URL('../../cli.js', import.meta.url));

if (process.argv.includes('--explore')) {
  writeWhole(RECORDS, `${JSON.stringify(EXPLORATIONS.map(explore), null, 2)}\n`);
}
const pages = generatedPages({
  sources: readSources(),
  explorations: JSON.parse(readFileSync(RECORDS, 'utf8')) as ExplorationRecord[],
  explorationPage: readFileSync(EXPLORATION_PAGE, 'utf8'),
  teeth: JSON.parse(readFileSync('docs/teeth.json', 'utf8')) as TeethRecord,
  museum: readCollection(),
  mutation: JSON.parse(readFileSync('docs/mutation.json', 'utf8')) as MutationRecord,
  theory: JSON.parse(readFileSync('docs/theory.json', 'utf8')) as TheoryReport,
  evaluation: JSON.parse(readFileSync('docs/evaluation.json', 'utf8')) as ExperimentRecord[],
  comparison: JSON.parse(readFileSync('docs/comparison.json', 'utf8')) as ComparisonRecord[],
  crowding: readRows(),
  findings: JSON.parse(readFileSync('docs/findings.json', 'utf8')) as FindingsRecord,
  discovery: JSON.parse(readFileSync(DISCOVERY_RECORD, 'utf8')) as DiscoveryRecord,
  scale: JSON.parse(readFileSync(SCALE_RECORD, 'utf8')) as ScaleRecord,
  implement: readImplementMaterial(),
  examples: readExamples(),
  logs: readLogsRecord(),
  logsPage: readFileSync(LOGS_PAGE, 'utf8'),
  sharing: JSON.parse(readFileSync(SHARING_RECORD, 'utf8')) as SharingRecord,
  farmPage: readFileSync(FARM_PAGE, 'utf8'),
});
for (const [path, text] of pages) writeWhole(path, text);

/** Runs the command that the record will name, as a reader would. */
function explore(exploration: Exploration): ExplorationRecord {
  process.stderr.write(`${commandOf(exploration)}\n`);
  const args = exploration.args.split(' ').filter((word) => word !== '');
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'check', ...args, '--json'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${commandOf(exploration)} ended with ${status}: ${stderr}${stdout}`);
  return recordOf(exploration, JSON.parse(stdout));
}
