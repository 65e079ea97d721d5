import { existsSync, readFileSync } from 'node:fs';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { type MutationRecord, type Report, recordWith } from './survivors.ts';

/**
 * Keeps what Stryker has found, in docs/mutation.json, where each survivor is explained by hand. Exits with 1 while
 * there is a survivor without a recorded reason.
 */
const RECORD = 'docs/mutation.json';
const REPORT = 'reports/mutation.json';

if (existsSync(REPORT)) {
  keep();
} else {
  process.stderr.write(`there is no ${REPORT}, the report of Stryker; type npm run mutation\n`);
  process.exitCode = 2;
}

function keep(): void {
  const before = JSON.parse(readFileSync(RECORD, 'utf8')) as MutationRecord;
  const record = recordWith(before, JSON.parse(readFileSync(REPORT, 'utf8')) as Report);
  writeWhole(RECORD, `${JSON.stringify(record, null, 2)}\n`);
  const unexplained = record.survivors.filter(({ why }) => why === null);
  for (const { file, code, becomes } of unexplained) {
    process.stderr.write(`${file}\n  - ${code}\n  + ${becomes}\n`);
  }
  if (unexplained.length === 0) return;
  process.stderr.write(
    `${unexplained.length} mutants survive without a recorded reason: kill each by a property, or say in ` +
      `${RECORD} why nothing can show it\n`,
  );
  process.exitCode = 1;
}
