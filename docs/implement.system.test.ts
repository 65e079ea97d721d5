import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { python, xx } from '../properties/implement/command.ts';
import { DEPARTURES } from '../properties/implement/departures.ts';
import { conversation, type ImplementRecord, refusalOf, shown } from '../properties/implement/record.ts';
import { textOf } from './pages.ts';

const RECORD: ImplementRecord = JSON.parse(textOf('docs/implement.json'));
const COMMANDS = [...textOf('docs/implement.md').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text!);

const home = mkdtempSync(join(tmpdir(), 'xx-implement-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('docs/implement.md', { timeout: 600_000 }, () => {
  test('quotes what the first part says', () => {
    expect(conversation(python)).toBe(RECORD.conversation);
  });

  // How short a scenario becomes depends on how much time the machine leaves for looking; what is refused does not.
  test('shows what is printed when its bills are judged', () => {
    expect(shown(xx).split('\n')[0]).toBe(RECORD.shown.split('\n')[0]);
  });

  test('quotes what is refused in every case that it names (otherwise: npm run implement)', () => {
    const cases = RECORD.refusals.map(({ stage, lacking, means }) => ({ stage, lacking, means }));
    expect(cases).toEqual(DEPARTURES);
  });

  test.each(RECORD.refusals)('says that $stage without $lacking is refused by $property', (record) => {
    expect(refusalOf(record, xx).property).toBe(record.property);
  });

  test.each(COMMANDS)('shows commands that do what it says: %s', (text) => {
    for (const line of text.trim().split('\n')) {
      // Whoever reads it has the package installed; here it is the one that was built.
      const command = line.replace('npx xx', `'${process.execPath}' dist/cli.js`);
      const outputs = command.replaceAll(/(?:\.\/)?xx-scheduler/g, `${home}/xx-scheduler`);
      const { status, stdout, stderr } = spawnSync('sh', ['-c', outputs], { encoding: 'utf8' });
      expect({ line, status, stderr }).toEqual({
        line,
        status: line.includes('--fault') ? 1 : 0,
        stderr: '',
      });
      if (line.includes(' fuzz ')) expect(stdout).toMatch(/Nothing found|Violated: admit/);
      if (line.includes(' check ')) expect(stdout).toMatch(/Explored completely/);
    }
  });
});
