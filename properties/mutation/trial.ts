import { readFileSync } from 'node:fs';
import { EXPECTED_FILE } from './expected-file.ts';
import { type Expected, notice } from './notice.ts';

/** Exits with 1 when something shows that this build has a fault. */
const noticed = await notice(JSON.parse(readFileSync(EXPECTED_FILE, 'utf8')) as Expected);
if (noticed !== null) {
  process.stderr.write(`${noticed}\n`);
  process.exitCode = 1;
}
