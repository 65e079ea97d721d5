import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resultIn, TestRedis, until, xx } from '../testing/farm.ts';

/**
 * Three machines, as network namespaces: one has Redis, one coordinates, one plays. Their cables are pulled out, so that
 * nothing arrives and nobody is told.
 */

const LIMIT_MS = 600_000;
const home = mkdtempSync(join(tmpdir(), 'xx-net-'));
const id = String(process.pid % 10_000);
const [hub, coordinators, workers] = ['r', 'c', 'w'].map((name) => `xx${name}${id}`) as [
  string,
  string,
  string,
];

const ip = (...words: string[]): void => void execFileSync('ip', words, { stdio: 'pipe' });
const inside = (namespace: string): string[] => ['ip', 'netns', 'exec', namespace];

/** A machine with a cable to the one that has Redis. */
function plugIn(namespace: string, subnet: number): void {
  const [near, far] = [`${namespace}a`, `${namespace}b`];
  ip('netns', 'add', namespace);
  ip('link', 'add', near, 'netns', hub, 'type', 'veth', 'peer', 'name', far, 'netns', namespace);
  for (const [machine, name, address] of [
    [hub, near, `10.213.${subnet}.1/24`],
    [namespace, far, `10.213.${subnet}.2/24`],
  ] as const) {
    ip('-n', machine, 'addr', 'add', address, 'dev', name);
    ip('-n', machine, 'link', 'set', name, 'up');
  }
}

const cable = (namespace: string, is: 'up' | 'down'): void =>
  ip('-n', hub, 'link', 'set', `${namespace}a`, is);

beforeAll(() => {
  ip('netns', 'add', hub);
  ip('-n', hub, 'link', 'set', 'lo', 'up');
  plugIn(coordinators, 1);
  plugIn(workers, 2);
});

afterAll(() => {
  for (const namespace of [coordinators, workers, hub]) ip('netns', 'del', namespace);
  rmSync(home, { recursive: true, force: true });
});

test('a network that is cut loses nothing, and both sides say what they wait for', {
  timeout: LIMIT_MS,
}, async () => {
  const redis = new NetworkedRedis(hub);
  await redis.start();
  const campaign = (out: string, ...more: string[]): string[] => [
    'fuzz',
    '--json',
    '--runs',
    '6000',
    '--seed',
    '5',
    '--size',
    'small',
    '--out',
    join(home, out),
    ...more,
  ];
  const url = (subnet: number): string[] => ['--queue', `redis://10.213.${subnet}.1:6379`];
  const coordinator = xx(campaign('farm', ...url(1)), inside(coordinators));
  const worker = xx(['worker', '--workers', '1', ...url(2)], inside(workers));
  try {
    for (const [machine, one] of [
      [workers, worker],
      [coordinators, coordinator],
    ] as const) {
      const before = redis.progress();
      await until(() => redis.progress() > before);
      cable(machine, 'down');
      await until(() => /waits for redis:\/\/10\.213\.\d\.1:6379 since \d+ s/.test(one.said.err));
      cable(machine, 'up');
      await until(() => /is back after \d+ s/.test(one.said.err));
    }
    const alone = xx(campaign('alone'));
    expect(await coordinator.ended).toBe(await alone.ended);
    const expected = resultIn(alone.said.out, join(home, 'alone'));
    expect(resultIn(coordinator.said.out, join(home, 'farm'))).toEqual(expected);
  } finally {
    for (const { child, ended } of [coordinator, worker]) {
      child.kill('SIGKILL');
      await ended;
    }
    await redis.end();
  }
});

/** Redis on a machine of its own. */
class NetworkedRedis {
  private readonly namespace: string;
  private readonly redis = new TestRedis(6379, [], '0.0.0.0');

  constructor(namespace: string) {
    this.namespace = namespace;
  }

  async start(): Promise<void> {
    await this.redis.start(inside(this.namespace), () => this.cli('PING') === 'PONG');
  }

  /** As {@link TestRedis.progress}, asked on that machine. */
  progress(): number {
    const script = `local sum = 0
      for _, key in ipairs(redis.call('KEYS', 'xx:*:results')) do sum = sum + redis.call('HLEN', key) end
      for _, key in ipairs(redis.call('KEYS', 'xx:*:prefix')) do sum = sum + redis.call('HGET', key, 'upTo') end
      return sum`;
    return Number(this.cli('EVAL', script, '0'));
  }

  end(): Promise<void> {
    return this.redis.end();
  }

  private cli(...words: string[]): string {
    try {
      const [file, ...rest] = [...inside(this.namespace), 'redis-cli', ...words];
      return execFileSync(file!, rest, { encoding: 'utf8', stdio: 'pipe' }).trim();
    } catch {
      return '';
    }
  }
}
