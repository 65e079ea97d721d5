import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { contestantOf } from '../contestants/contestants.ts';
import { search } from '../museum/measure.ts';
import { recordOfViolation } from '../records/from-violation.ts';
import { recordText } from '../records/record.ts';
import type { TeethRecord } from '../teeth/record.ts';
import { CASES_FOLDER, type Case, type CaseKind, caseFile, READING_CASES, ruleCases } from './cases.ts';
import { TRIED_FILE, triedAll } from './tried.ts';

/**
 * `npm run site:cases`: looks for the scenarios that the site plays, by a campaign for each, and makes them short; what is
 * there is kept, unless it is of another scheduler. And counts how often each property is put to the test.
 */
const SEED = 1;
const line = progressLine(process.stderr);
const teeth: TeethRecord = JSON.parse(readFileSync('docs/teeth.json', 'utf8'));
const wanted: readonly (readonly [CaseKind, readonly Case[]])[] = [
  ['rules', ruleCases(teeth)],
  ['readings', READING_CASES],
];
for (const [kind, cases] of wanted) {
  for (const [index, one] of cases.entries()) {
    line.show(`${kind}: ${index + 1} of ${cases.length}, ${one.id}`);
    if (!isKept(caseFile(kind, one.id), one)) writeWhole(caseFile(kind, one.id), await found(one));
  }
  const folder = CASES_FOLDER[kind];
  for (const name of readdirSync(folder)) {
    if (!cases.some(({ id }) => name === `${id}.json`)) rmSync(join(folder, name));
  }
  line.clear();
  process.stdout.write(`${cases.length} scenarios are in ${folder}/\n`);
}
writeWhole(TRIED_FILE, `${JSON.stringify(await triedAll((what) => line.show(`tried: ${what}`)), null, 1)}\n`);
line.clear();
process.stdout.write(`How often each property was put to the test is in ${TRIED_FILE}\n`);

function isKept(file: string, { scheduler, property }: Case): boolean {
  if (!existsSync(file)) return false;
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  return kept.scheduler === scheduler && kept.property === property;
}

/** @throws Error when the campaign does not find it. */
async function found({ id, scheduler, property }: Case): Promise<string> {
  const contestant = contestantOf({ scheduler });
  try {
    const violation = await search(contestant, [property], SEED, true);
    if (violation === null) throw new Error(`${id}: ${property} does not find ${scheduler}`);
    return recordText(recordOfViolation(violation, { scheduler, seed: SEED }));
  } finally {
    contestant.close();
  }
}
