import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resultIn, type Started, TestRedis, until, xx } from '../testing/farm.ts';

/** Farms whose parts are killed: the result is byte for byte that of one process. */

const home = mkdtempSync(join(tmpdir(), 'xx-farm-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let redis: TestRedis;
let started: Started[] = [];

beforeEach(async () => {
  redis = await TestRedis.start();
});

afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  started = [];
  await redis.end();
});

function start(...argv: string[]): Started {
  const one = xx(argv);
  started.push(one);
  return one;
}

const worker = (...more: string[]): Started =>
  start('worker', '--queue', redis.url, '--workers', '1', ...more);

/** What is tried, and where it is written; so that there are many jobs of some ms. */
const tried = (out: string, ...more: string[]): string[] => [
  ...['fuzz', '--json', '--seed', '11', '--size', 'small', '--out', out],
  ...(more.includes('--runs') ? more : ['--runs', '6000', ...more]),
];

const directory = (): string => mkdtempSync(join(home, 'out-'));

async function resultOf({ ended, said }: Started, out: string): Promise<object> {
  const code = await ended;
  if (said.out === '') throw new Error(`exit ${code}: ${said.err}`);
  return { code, ...resultIn(said.out, out) };
}

/** The same campaign in one process, without a queue; each is run once. */
const alone = new Map<string, Promise<object>>();
function resultAlone(...more: string[]): Promise<object> {
  const key = more.join(' ');
  const out = directory();
  const result = alone.get(key) ?? resultOf(xx(tried(out, ...more)), out);
  alone.set(key, result);
  return result;
}

const farm = (out: string, ...more: string[]): Started => start(...tried(out, '--queue', redis.url, ...more));

/** Waits until more is done than was. */
async function goesOn(): Promise<void> {
  const before = await redis.progress();
  await until(async () => (await redis.progress()) > before);
}

const LIMIT_MS = 600_000;

describe('the result is that of one process', () => {
  test('whatever is killed: twenty workers, in the middle of their jobs', { timeout: LIMIT_MS }, async () => {
    const out = directory();
    const coordinator = farm(out);
    for (let killed = 0; killed < 20; killed++) {
      const one = worker();
      await goesOn();
      one.child.kill('SIGKILL');
      await one.ended;
    }
    worker();
    expect(await resultOf(coordinator, out)).toEqual(await resultAlone());
  });

  test('when Redis is killed five times, and is gone until somebody says so', {
    timeout: LIMIT_MS,
  }, async () => {
    const out = directory();
    const coordinator = farm(out);
    const one = worker();
    for (let killed = 0; killed < 5; killed++) {
      await goesOn();
      await redis.kill();
      if (killed === 0) {
        await until(() => coordinator.said.err.includes('waits for redis://127.0.0.1:'));
        await until(() => one.said.err.includes('waits for redis://127.0.0.1:'));
      }
      await redis.start();
    }
    expect(await resultOf(coordinator, out)).toEqual(await resultAlone());
    expect(coordinator.said.err).toMatch(
      /waits for redis:\/\/127\.0\.0\.1:\d+ since \d+ s .*; nothing is lost/,
    );
    expect(coordinator.said.err).toMatch(/is back after \d+ s/);
  });

  test('when a coordinator is killed, and another one resumes the campaign', {
    timeout: LIMIT_MS,
  }, async () => {
    const out = directory();
    const first = farm(out);
    worker();
    await until(async () => (await redis.progress()) > 1000);
    first.child.kill('SIGKILL');
    await first.ended;
    // As if that had been a while ago: only then is a coordinator known to be gone.
    await redis.ask(async (asked) => asked.del(await asked.keys('xx:*:coordinators')));
    const refused = farm(out);
    expect(await refused.ended).toBe(2);
    expect(refused.said.err).toMatch(
      /^xx: --queue: campaign [0-9a-f]{16} was left unfinished in redis:.*; add --resume to go on with it, or --no-resume to begin anew\n$/,
    );
    const second = farm(out, '--resume');
    expect(await resultOf(second, out)).toEqual(await resultAlone());
    expect(second.said.err).toMatch(/goes on with campaign [0-9a-f]{16} after \d+ runs/);
  });

  test('of two coordinators at once, each', { timeout: LIMIT_MS }, async () => {
    const outs = [directory(), directory()];
    const first = farm(outs[0]!);
    worker();
    await until(async () => (await redis.progress()) > 1000);
    const second = farm(outs[1]!);
    const expected = await resultAlone();
    expect(await resultOf(first, outs[0]!)).toEqual(expected);
    expect(await resultOf(second, outs[1]!)).toEqual(expected);
    expect(second.said.err).toContain('with campaign');
  });

  test('when something is found, with the same counterexample', { timeout: LIMIT_MS }, async () => {
    const more = ['--scheduler', 'never-preempts', '--runs', '2000'];
    const out = directory();
    const coordinator = farm(out, ...more);
    worker();
    const result = await resultOf(coordinator, out);
    expect(result).toMatchObject({ code: 1, found: [{ fingerprint: expect.any(String) }] });
    expect(result).toEqual(await resultAlone(...more));
  });

  test('with a corpus, which grows by the same scenarios', { timeout: LIMIT_MS }, async () => {
    const [out, corpus, corpusAlone] = [directory(), directory(), directory()];
    const coordinator = farm(out, '--runs', '1000', '--corpus', corpus);
    worker();
    expect(await coordinator.ended).toBe(
      await xx(tried(directory(), '--runs', '1000', '--corpus', corpusAlone)).ended,
    );
    expect(readdirSync(corpus)).toEqual(readdirSync(corpusAlone));
    expect(readdirSync(corpus).length).toBeGreaterThan(10);
  });

  test('of a process, which only workers play that have its command themselves', {
    timeout: LIMIT_MS,
  }, async () => {
    const exec = ['--exec', 'node docs/examples/serve.mjs'];
    const out = directory();
    const coordinator = farm(out, '--runs', '200', ...exec);
    await until(async () => (await redis.ask((asked) => asked.hlen('xx:campaigns'))) === 1);
    const without = worker();
    expect(await without.ended).toBe(2);
    expect(without.said.err).toMatch(/^xx: worker: campaign \w+ is of a process: start a worker with --exec/);
    const other = worker('--exec', 'cat');
    expect(await other.ended).toBe(2);
    expect(other.said.err).toContain('and --exec of this worker is "cat": give both the same command');
    worker(...exec);
    expect(await resultOf(coordinator, out)).toEqual(await resultAlone('--runs', '200', ...exec));
  });

  test('when somebody writes rubbish into the queue, which is played again', {
    timeout: LIMIT_MS,
  }, async () => {
    const out = directory();
    const coordinator = farm(out);
    await until(async () => (await redis.ask((asked) => asked.keys('xx:q:*:wait'))).length === 1);
    await redis.ask(async (asked) => {
      const [entry] = Object.entries(await asked.hgetall('xx:campaigns'));
      const { attempt } = JSON.parse(entry![1]);
      await asked.hset(`xx:${entry![0]}:${attempt}:results`, '3', '{"steps":1,"exec":"rm -rf /"}');
      await asked.hset('xx:campaigns', 'feedfeedfeedfeed', '{"attempt":"00000000","spec":"{}"}');
    });
    const one = worker();
    expect(await resultOf(coordinator, out)).toEqual(await resultAlone());
    expect(coordinator.said.err).toMatch(
      /a result in the queue is none, and its runs are played again: the result of block 3: unknown field "exec"/,
    );
    expect(one.said.err).toContain('a campaign in the queue: ');
  });
});

describe('a signal', () => {
  test('ends a coordinator with what there is, and the campaign can be resumed', {
    timeout: LIMIT_MS,
  }, async () => {
    const out = directory();
    const coordinator = farm(out);
    worker();
    await until(async () => (await redis.progress()) > 500);
    coordinator.child.kill('SIGTERM');
    expect(await coordinator.ended).toBe(143);
    expect(JSON.parse(coordinator.said.out)).toMatchObject({ verdict: 'interrupted' });
    expect(coordinator.said.err).toMatch(
      /^xx: campaign [0-9a-f]{16} is left in redis:.*: --resume goes on with it$/m,
    );
    const second = farm(out, '--resume');
    expect(await resultOf(second, out)).toEqual(await resultAlone());
    expect(second.said.err).not.toContain('--resume');
  });

  test('ends a coordinator that was to go on, and has said that nothing is left to go on with', {
    timeout: LIMIT_MS,
  }, async () => {
    const coordinator = farm(directory(), '--resume');
    await until(() =>
      /nothing is left of campaign [0-9a-f]{16} in redis:.*: it begins\n/.test(coordinator.said.err),
    );
    coordinator.child.kill('SIGTERM');
    expect(await coordinator.ended).toBe(143);
  });

  test('ends a worker, which hands back what it has begun', { timeout: LIMIT_MS }, async () => {
    farm(directory());
    const one = worker();
    await goesOn();
    one.child.kill('SIGINT');
    expect(await one.ended).toBe(130);
    expect(one.said.out).toMatch(/^\d+ jobs? and [\d,]+ steps played\.\n$/);
    expect(await redis.active()).toBe(0);
  });

  test('ends both when Redis is gone', { timeout: LIMIT_MS }, async () => {
    const coordinator = farm(directory());
    const one = worker();
    await goesOn();
    await redis.kill();
    await until(() => [coordinator, one].every(({ said }) => said.err.includes('waits for redis')));
    for (const { child } of [coordinator, one]) child.kill('SIGTERM');
    expect([await coordinator.ended, await one.ended]).toEqual([143, 143]);
  });
});
