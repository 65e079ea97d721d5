import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';

/** A farm on this machine, for tests: a real Redis on a free port, and real programs that may be killed. */

const PROGRAM = resolve('dist/cli.js');

/** A program that was started, and what it has said so far. */
export interface Started {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
  readonly ended: Promise<number | null>;
}

/** Starts `xx` with some words, as any program would. @param before what starts it, such as `ip netns exec NAME`. */
export function xx(
  argv: readonly string[],
  before: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Started {
  const [file, ...words] = [...before, process.execPath, PROGRAM, ...argv];
  const child = spawn(file!, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk;
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  return { child, said, ended };
}

/** Waits for something, however long it takes; the test has a limit. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((done) => setTimeout(done, 20));
}

/** A Redis whose data survive it. */
export class TestRedis {
  readonly directory = mkdtempSync(join(tmpdir(), 'xx-farm-'));
  readonly port: number;
  private readonly options: readonly string[];
  private server: ChildProcess | null = null;
  private readonly host: string;

  constructor(port: number, options: readonly string[] = [], host = '127.0.0.1') {
    this.port = port;
    this.options = options;
    this.host = host;
  }

  static async start(...options: string[]): Promise<TestRedis> {
    const redis = new TestRedis(await freePort(), options);
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://${this.host}:${this.port}`;
  }

  /**
   * @param before what starts it, such as `ip netns exec NAME`.
   * @param isThere whether it answers, if it is asked in another way.
   */
  async start(
    before: readonly string[] = [],
    isThere: () => boolean | Promise<boolean> = () => this.answers(),
  ): Promise<void> {
    const how = ['--port', String(this.port), '--bind', this.host, '--dir', this.directory];
    const kept = ['--appendonly', 'yes', '--save', '', '--protected-mode', 'no'];
    const [file, ...words] = [...before, 'redis-server', ...how, ...kept, ...this.options];
    this.server = spawn(file!, words, { stdio: 'ignore' });
    this.server.on('error', (error) => {
      throw new Error('the tests of farms need redis-server: apt-get install redis-server', { cause: error });
    });
    await until(isThere);
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    const { server } = this;
    if (server === null) return;
    this.server = null;
    const ended = new Promise((done) => server.on('close', done));
    server.kill('SIGKILL');
    await ended;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Asks it something, by a connection of its own. */
  async ask<Answer>(question: (redis: Redis) => Promise<Answer>): Promise<Answer> {
    const redis = new Redis(this.url, { retryStrategy: () => null, lazyConnect: true });
    redis.on('error', () => {});
    try {
      await redis.connect();
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  }

  /** How many results there are, united or not: it grows as a campaign goes on. */
  async progress(): Promise<number> {
    return this.ask(async (redis) => {
      const [results = [], prefixes = []] = await Promise.all([
        redis.keys('xx:*:results'),
        redis.keys('xx:*:prefix'),
      ]);
      const single = await Promise.all(results.map((key) => redis.hlen(key)));
      const united = await Promise.all(prefixes.map((key) => redis.hget(key, 'upTo')));
      return [...single, ...united.map(Number)].reduce((sum, count) => sum + count, 0);
    });
  }

  /** How many jobs somebody has begun. */
  async active(): Promise<number> {
    return this.ask(async (redis) => {
      const keys = await redis.keys('xx:q:*:active');
      const lengths = await Promise.all(keys.map((key) => redis.llen(key)));
      return lengths.reduce((sum, length) => sum + length, 0);
    });
  }

  private answers(): Promise<boolean> {
    return this.ask((redis) => redis.ping()).then(
      (answer) => answer === 'PONG',
      () => false,
    );
  }
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** What a campaign has come to: its report without the time it took, and every file, by its name. */
export function resultIn(out: string, directory: string): object {
  const { seconds: _, stepsPerSecond: __, violations, ...report } = JSON.parse(out);
  // A campaign that shares what it meets, and finds nothing, writes nothing.
  const files = (existsSync(directory) ? readdirSync(directory) : [])
    .sort()
    .map((name) => [
      name,
      readFileSync(join(directory, name), 'utf8').replace(/"seconds":[\d.e+-]+/, '"seconds":0'),
    ]);
  const found = violations.map(({ file: _file, ...violation }: { file: string }) => violation);
  return { report, found, files };
}
