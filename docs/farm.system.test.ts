import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../properties/testing/farm.ts';

/** What the page tells people to type, in its order, at another port and with the program of this project. */
function commands(port: number): string[] {
  const page = readFileSync('docs/farm.md', 'utf8');
  const blocks = [...page.matchAll(/^```sh\n(.*?)\n```$/gms)].map(([, block]) => block!);
  return blocks.map((block) =>
    block
      .replaceAll('6379', String(port))
      .replaceAll('npx xx', `${process.execPath} ${resolve('dist/cli.js')}`),
  );
}

test('a farm is set up from the page alone', { timeout: 300_000 }, async () => {
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'xx-farm-page-'));
  const [redis, worker, campaign] = commands(port);
  // Whatever is in the background ends with the shell.
  const script = [
    'set -e',
    redis,
    // Redis forks, and needs a moment before it listens.
    `until redis-cli -p ${port} ping > /dev/null 2>&1; do sleep 0.1; done`,
    worker,
    'code=0',
    `${campaign} || code=$?`,
    'kill %1; wait %1 || true',
    `redis-cli -p ${port} shutdown nosave > /dev/null 2>&1 || true`,
    'exit $code',
  ].join('\n');
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: directory, encoding: 'utf8' });
  expect(stdout).toContain('2,000 runs of xx from seed 7');
  expect({ status, stderr: /xx: (?!waits|\d+ worker)/.exec(stderr) }).toEqual({ status: 0, stderr: null });
  expect(readFileSync(join(directory, 'farm.html'), 'utf8')).toContain('It is over, at ');
  expect(readdirSync(join(directory, 'farm'))).toEqual([
    expect.stringMatching(/^campaign-.*\.report\.json$/),
  ]);
  rmSync(directory, { recursive: true, force: true });
});
