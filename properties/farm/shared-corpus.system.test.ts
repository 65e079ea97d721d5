import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Started, TestRedis, until, xx } from '../testing/farm.ts';

/** Campaigns of a farm that share what they meet. */

const home = mkdtempSync(join(tmpdir(), 'xx-shared-'));
let redis: TestRedis;
let started: Started[] = [];
beforeAll(async () => {
  redis = await TestRedis.start();
});
afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  started = [];
});
afterAll(async () => {
  await redis.end();
  rmSync(home, { recursive: true, force: true });
});

function start(...argv: string[]): Started {
  const one = xx(argv);
  started.push(one);
  return one;
}

const worker = (): Started => start('worker', '--queue', redis.url, '--workers', '1');

const campaign = (out: string, ...more: string[]): Started =>
  start(
    ...['fuzz', '--seed', '11', '--size', 'small', '--queue', redis.url, '--share-corpus'],
    ...['--out', join(home, out), ...more],
  );

/** How many ways are shared in the campaigns that are in the queue. */
const shared = (): Promise<number> =>
  redis.ask(async (asked) => {
    const lists = await asked.keys('xx:*:corpus');
    const lengths = await Promise.all(lists.map((key) => asked.llen(key)));
    return lengths.reduce((sum, length) => sum + length, 0);
  });

const LIMIT_MS = 300_000;

test('every run counts once, whatever is killed, and the report says that the corpus was shared', {
  timeout: LIMIT_MS,
}, async () => {
  const page = join(home, 'page.html');
  const coordinator = campaign('killed', '--runs', '6000', '--json', '--html', page);
  const first = worker();
  await until(async () => (await shared()) > 20);
  first.child.kill('SIGKILL');
  await first.ended;
  worker();
  await coordinator.ended;
  const report = JSON.parse(coordinator.said.out);
  expect(report).toMatchObject({ runs: 6000, violations: [], sharedCorpus: true, discovery: null });
  expect(readFileSync(page, 'utf8')).toContain('The corpus is shared');
  // No report either that could be taken for a part of a campaign that can be repeated.
  expect(existsSync(join(home, 'killed'))).toBe(false);
});

test('what is no scenario among those that are shared is said once, and nothing else', {
  timeout: LIMIT_MS,
}, async () => {
  const coordinator = campaign('rubbish', '--runs', '3000', '--reporter', 'junit');
  await until(async () => (await redis.ask((asked) => asked.hlen('xx:campaigns'))) === 1);
  await redis.ask(async (asked) => {
    const [[id, entry]] = Object.entries(await asked.hgetall('xx:campaigns')) as [[string, string]];
    await asked.rpush(`xx:${id}:${JSON.parse(entry).attempt}:corpus`, '{"feature":-1}', '[');
  });
  const one = worker();
  await coordinator.ended;
  expect(coordinator.said.out).toContain('<property name="sharedCorpus" value="true"/>');
  expect(one.said.err.match(/^xx worker: a shared scenario in the queue: .*$/gm)).toHaveLength(2);
});

test('what is found is told as any other, and people are told what was shared', {
  timeout: LIMIT_MS,
}, async () => {
  const coordinator = campaign('found', '--runs', '2000', '--scheduler', 'kills-the-newest');
  worker();
  expect(await coordinator.ended).toBe(1);
  expect(coordinator.said.out).toMatch(/kill-iff is violated \(run \d+\)/);
  expect(coordinator.said.out.replace(/\s+/g, ' ')).toContain(
    'The corpus was shared: half of the runs went on from what others had met.',
  );
});
