import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/** Every command of the README, as somebody types it after `npm ci`. */

const home = mkdtempSync(join(tmpdir(), 'xx-readme-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What is judged, and is to be found wrong. */
const VIOLATIONS: readonly string[] = ['docs/examples/inversion.trace.jsonl'];
const COMMANDS = [...readFileSync('README.md', 'utf8').matchAll(/npx xx ([a-z]+ [^`\n]+)/g)]
  .map(
    ([, command]) => command!,
    // What needs a queue is run by docs/farm.system.test.ts.
  )
  .filter((command) => !command.includes('redis://'));

test('the README shows one of each kind', () => {
  expect(COMMANDS.length).toBeGreaterThanOrEqual(8);
});

test.each(COMMANDS)('xx %s', (command) => {
  const page = join(home, 'replay.html');
  const typed = command.replace('replay.html', page);
  const { status, stdout, stderr } = spawnSync(`node dist/cli.js ${typed}`, {
    shell: true,
    encoding: 'utf8',
  });
  const isWrong = VIOLATIONS.some((file) => command.includes(file));
  expect({ status, said: `${stdout}${stderr}` }).toEqual({
    status: isWrong ? 1 : 0,
    said: expect.stringMatching(/\S/),
  });
  if (command.includes('--html')) expect(existsSync(page)).toBe(true);
});
