import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, TestRedis, until, xx } from '../testing/farm.ts';
import { buildHere } from './build.ts';
import { type CampaignSpec, campaignId, specText } from './spec.ts';

/** What a queue may be, and one line that says what to do about it. */

let redis: TestRedis;
beforeAll(async () => {
  redis = await TestRedis.start();
});
afterAll(() => redis.end());

const LIMIT_MS = 300_000;

/** Runs a coordinator and a worker against an address: what both say. */
async function refused(url: string, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const both = [['fuzz', '--runs', '50', '--out', join(redis.directory, 'out')], ['worker']].map((argv) =>
    xx([...argv, '--queue', url], [], env),
  );
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([2, 2]);
  return both.map(({ said }) => said.err);
}

describe('a queue that cannot be used is refused in one line, with what to type', () => {
  test('unreachable', { timeout: LIMIT_MS }, async () => {
    const port = await freePort();
    const line = `xx: --queue: redis://127.0.0.1:${port} cannot be reached (ECONNREFUSED); check the address, or start it with \`redis-server --appendonly yes\`\n`;
    expect(await refused(`redis://127.0.0.1:${port}`)).toEqual([line, line]);
  });

  test('something else than a Redis', { timeout: LIMIT_MS }, async () => {
    const server = createServer((_, answer) => answer.end('hello')).listen(0, '127.0.0.1');
    await until(() => server.listening);
    const { port } = server.address() as AddressInfo;
    for (const line of await refused(`redis://127.0.0.1:${port}`)) {
      expect(line).toMatch(/^xx: --queue: redis:.* (does not answer as a Redis|cannot be reached).*\n$/);
    }
    server.closeAllConnections();
    server.close();
  });

  test('one that closes the connection, as a Redis without a password does to other machines', {
    timeout: LIMIT_MS,
  }, async () => {
    const server = createSocketServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await until(() => server.listening);
    const { port } = server.address() as AddressInfo;
    const line = `xx: --queue: redis://127.0.0.1:${port} cannot be reached (it closes the connection); check host and port; a Redis without a password closes it to other machines: give it one (docs/farm.md)\n`;
    expect(await refused(`redis://127.0.0.1:${port}`)).toEqual([line, line]);
    server.close();
  });

  test('one that wants a password, and one that wants another', { timeout: LIMIT_MS }, async () => {
    const locked = await TestRedis.start();
    await locked.ask((asked) => asked.config('SET', 'requirepass', 'sesame'));
    const { url } = locked;
    for (const line of await refused(url)) {
      expect(line).toBe(
        `xx: --queue: ${url} wants a password; put it into the address, as in redis://:PASSWORD@host:6379\n`,
      );
    }
    for (const line of await refused(url.replace('//', '//:swordfish@'))) {
      expect(line).toMatch(/^xx: --queue: redis:.* does not take this user and password; .*\n$/);
      expect(line).not.toContain('swordfish');
    }
    await locked.end();
  });

  test('one that is full, and one that drops what it holds', { timeout: LIMIT_MS }, async () => {
    const full = await TestRedis.start('--maxmemory', '100kb');
    const [coordinator] = await Promise.all([
      xx(['fuzz', '--runs', '50', '--queue', full.url, '--out', full.directory]),
    ]);
    expect(await coordinator!.ended).toBe(2);
    expect(coordinator!.said.err).toBe(
      `xx: --queue: ${full.url} is full: its maxmemory is used up; raise it (\`CONFIG SET maxmemory 1gb\`) and go on with --resume\n`,
    );
    await full.ask((asked) => asked.config('SET', 'maxmemory-policy', 'allkeys-lru'));
    for (const line of await refused(full.url)) {
      expect(line).toContain('(maxmemory-policy allkeys-lru); type `redis-cli config set');
    }
    await full.end();
  });

  test.each(['http://127.0.0.1', '127.0.0.1:6379', 'redis://'])('no address: %s', async (url) => {
    for (const line of await refused(url)) {
      expect(line).toMatch(
        /^xx: --queue: expected an address such as redis:\/\/127\.0\.0\.1:6379, got ".*"\n$/,
      );
    }
  });

  test.each([
    'redis://:se/same@127.0.0.1:6379',
    'redis://:s#same@127.0.0.1:6379',
    'redis://me:6/same@127.0.0.1:6379',
    'redis://:s@me/same@127.0.0.1:6379',
  ])('a password that ends before its end, which is not shown: %s', async (url) => {
    for (const line of await refused(url)) {
      expect(line).toMatch(/, got "redis:\/\/…@127.*"; in a password, write \/ as %2F, .*\n$/);
      expect(line).not.toContain('same');
    }
  });

  test('without bullmq, which nobody has to install who does not ask', { timeout: LIMIT_MS }, async () => {
    const file = join(redis.directory, 'without-bullmq.mjs');
    const refusing = `export async function resolve(name, context, next) {
      if (name === 'bullmq') throw Object.assign(new Error(name), { code: 'ERR_MODULE_NOT_FOUND' });
      return next(name, context);
    }`;
    writeFileSync(
      file,
      `import { register } from 'node:module'; register('data:text/javascript,' + ${JSON.stringify(encodeURIComponent(refusing))});`,
    );
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(file)}` };
    for (const line of await refused(redis.url, env)) {
      expect(line).toBe(
        'xx: --queue: needs bullmq and ioredis, which are not installed here; type `npm install bullmq@6 ioredis@5`\n',
      );
    }
    const local = xx(['fuzz', '--runs', '50', '--out', redis.directory], [], env);
    await local.ended;
    expect(local.said).toMatchObject({ out: expect.stringContaining('Nothing found'), err: '' });
  });
});

test('a corpus is shared among workers of a queue, and not without one', async () => {
  const alone = xx(['fuzz', '--runs', '50', '--share-corpus', '--out', redis.directory]);
  expect(await alone.ended).toBe(2);
  expect(alone.said.err).toBe(
    'xx: --share-corpus: shares among workers of a queue; name it with --queue, or leave it out\n',
  );
});

describe('a worker of another version', () => {
  const spec: CampaignSpec = {
    ...{ version: '99.0.0', build: '00000000', scheduler: 'xx', isProcess: false, seed: 1, size: 'small' },
    ...{ properties: [], except: [], without: [], goals: null, corpus: null, shares: false },
    ...{ runs: 100, blocks: 1 },
  };

  test('is refused in one line', { timeout: LIMIT_MS }, async () => {
    const entry = JSON.stringify({ attempt: '00000000', spec: specText(spec) });
    await redis.ask((asked) => asked.hset('xx:campaigns', campaignId(spec), entry));
    const worker = xx(['worker', '--queue', redis.url]);
    expect(await worker.ended).toBe(2);
    const { version, digest } = buildHere();
    expect(worker.said.err).toBe(
      `xx: worker: campaign ${campaignId(spec)} is of xx-spec 99.0.0 (build 00000000), and this worker is ${version} (build ${digest}): install the same package on both\n`,
    );
  });

  test('says so, and plays what it can', { timeout: LIMIT_MS }, async () => {
    const out = join(redis.directory, 'beside');
    const coordinator = xx(['fuzz', '--runs', '100', '--json', '--queue', redis.url, '--out', out]);
    await until(async () => (await redis.ask((asked) => asked.hlen('xx:campaigns'))) === 2);
    const worker = xx(['worker', '--queue', redis.url, '--idle', '1s', '--json']);
    await coordinator.ended;
    expect(JSON.parse(coordinator.said.out)).toMatchObject({ runs: 100 });
    expect(await worker.ended).toBe(0);
    expect(worker.said.err).toContain('is of xx-spec 99.0.0');
    expect(worker.said.err).toMatch(/^xx worker: plays campaign [0-9a-f]{16} of xx$/m);
    expect(worker.said.err).toMatch(/^xx worker: campaign [0-9a-f]{16} is over$/m);
    expect(JSON.parse(worker.said.out)).toMatchObject({ jobs: 2 });
  });
});
