import type { Redis, RedisOptions } from 'ioredis';
import { InputError } from '../../model/input-error.ts';
import { epochMs } from '../../reference-impl/io/clock.ts';

/** The queue's engine: BullMQ, and the Redis that it works on. Both are loaded only here, and only when asked for. */
export interface Engine {
  readonly bullmq: typeof import('bullmq');
  readonly redis: Redis;
  /** Its address without user and password, for messages. */
  readonly name: string;
  /** Rejects when nothing will help but a person: no room, no right, no memory on disk. */
  readonly fatal: Promise<never>;
  /** What Redis has refused, in a line that says what to do; null for any other error. */
  refusalOf(error: unknown): InputError | null;
  close(): void;
}

/** What to type when it is not there. */
const INSTALL = 'npm install bullmq@6 ioredis@5';

/** How long connecting may take, and how long an answer of a Redis that is there. */
const CONNECT_MS = 5_000;
const ANSWER_MS = 8_000;

/** A moment of silence is not worth a word. */
const SILENCE_MS = 1_000;
const AGAIN_EVERY_MS = 30_000;

/**
 * Connects to a queue, and keeps connected: when Redis is gone, whatever was asked waits until it is back, and is asked
 * again.
 *
 * @param say is told in a line what is waited for.
 * @throws InputError with one line when bullmq is missing, or the queue cannot be reached or used.
 */
export async function openEngine(url: string, say: (line: string) => void): Promise<Engine> {
  const name = addressOf(url);
  const { bullmq, createRedis } = await loaded();
  let isOpen = false;
  let error: Error | undefined;
  const options: RedisOptions = {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    connectTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    retryStrategy: (times) => (isOpen ? Math.min(100 * times, 1_000) : null),
  };
  const redis = new createRedis(url, options);
  let fail: (reason: InputError) => void = () => {};
  const fatal = new Promise<never>((_, reject) => {
    fail = reject;
  });
  fatal.catch(() => {});
  redis.on('error', (reason: Error) => {
    error = reason;
    const refusal = refusalOf(reason, name);
    if (isOpen && refusal !== null) fail(refusal);
  });
  redis.on('ready', () => {
    error = undefined;
  });
  try {
    await redis.connect();
    await redis.ping();
    refuseEviction(await redis.info('memory'), name);
  } catch (reason) {
    redis.disconnect();
    if (reason instanceof InputError) throw reason;
    throw refusalOf(reason, name) ?? refusalOf(error, name) ?? unreachable(name, error ?? reason);
  }
  isOpen = true;
  const quiet = tellOfOutages(redis, name, say, () => error);
  return {
    bullmq,
    redis,
    name,
    fatal,
    refusalOf: (reason) => refusalOf(reason, name),
    close() {
      isOpen = false;
      quiet();
      redis.disconnect();
    },
  };
}

async function loaded(): Promise<{ bullmq: typeof import('bullmq'); createRedis: typeof Redis }> {
  try {
    return { bullmq: await import('bullmq'), createRedis: (await import('ioredis')).Redis };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new InputError(
      `--queue: needs bullmq and ioredis, which are not installed here; type \`${INSTALL}\``,
    );
  }
}

/** @throws InputError when it is no address of a Redis. */
function addressOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  // The path is the number of a database: anything else is what comes after a / in a password.
  const isAddress =
    parsed !== null && ['redis:', 'rediss:'].includes(parsed.protocol) && /^(\/\d*)?$/.test(parsed.pathname);
  if (!isAddress || parsed.hostname === '') {
    const hint = url.includes('@') ? `; ${ENCODED}` : '';
    throw new InputError(
      `--queue: expected an address such as redis://127.0.0.1:6379, got ${JSON.stringify(hidden(url))}${hint}`,
    );
  }
  const path = parsed.pathname === '/' ? '' : parsed.pathname;
  return `${parsed.protocol}//${parsed.hostname}:${parsed.port === '' ? 6379 : parsed.port}${path}`;
}

/** Without what may be a password, whatever characters are in it. */
function hidden(url: string): string {
  return url.replace(/\/\/.*@/s, '//…@');
}

/** What ends a password in an address before its end. */
const ENCODED = 'in a password, write / as %2F, ? as %3F, # as %23, @ as %40, % as %25';

/**
 * What a Redis has refused that stays refused until somebody does something about it.
 *
 * @returns one line that says so; null for anything else.
 */
function refusalOf(error: unknown, name: string): InputError | null {
  const message = error instanceof Error ? error.message : String(error);
  const said = REFUSALS.find(([pattern]) => pattern.test(message));
  return said === undefined ? null : new InputError(`--queue: ${name} ${said[1]}`);
}

const PASSWORD = 'put it into the address, as in redis://:PASSWORD@host:6379';

const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/NOAUTH/, `wants a password; ${PASSWORD}`],
  [/WRONGPASS|invalid password/i, `does not take this user and password; ${PASSWORD}`],
  [/NOPERM/, 'does not let this user do what a queue needs; give it +@all on ~xx:*'],
  [
    /\bOOM\b/,
    'is full: its maxmemory is used up; raise it (`CONFIG SET maxmemory 1gb`) and go on with --resume',
  ],
  [
    /MISCONF/,
    'cannot write to its disk, and takes nothing until it can; make room there and go on with --resume',
  ],
  [/READONLY/, 'is a replica, which takes nothing; name the primary'],
  [/Protocol error/, 'does not answer as a Redis does; check host and port'],
];

function unreachable(name: string, error: unknown): InputError {
  const reason = reasonOf(error);
  const help =
    reason === CLOSED
      ? 'check host and port; a Redis without a password closes it to other machines: give it one (docs/farm.md)'
      : 'check the address, or start it with `redis-server --appendonly yes`';
  return new InputError(`--queue: ${name} cannot be reached (${reason}); ${help}`);
}

const CLOSED = 'it closes the connection';

/** Why nothing comes from a Redis, in some words. */
function reasonOf(error: unknown): string {
  const { code, message = 'no answer' } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  if (code === 'ECONNRESET' || code === 'EPIPE' || message.startsWith('Connection is closed')) return CLOSED;
  return isSilence(error) || code === 'ETIMEDOUT' ? 'no answer' : (code ?? message.replace(/\.$/, ''));
}

/** Whether a Redis that was connected has not answered for {@link ANSWER_MS}. */
function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Socket timeout');
}

/** What Redis drops by itself when it is full would be missing from the result. */
function refuseEviction(memory: string, name: string): void {
  const policy = /^maxmemory_policy:(.+)$/m.exec(memory)?.[1]?.trim() ?? 'noeviction';
  const limit = Number(/^maxmemory:(\d+)/m.exec(memory)?.[1] ?? 0);
  if (policy === 'noeviction' || limit === 0) return;
  throw new InputError(
    `--queue: ${name} drops what it holds when it is full (maxmemory-policy ${policy}); type \`redis-cli config set maxmemory-policy noeviction\``,
  );
}

/** Says when Redis is gone for more than a moment, now and then that it still is, and when it is back. */
function tellOfOutages(
  redis: Redis,
  name: string,
  say: (line: string) => void,
  why: () => unknown,
): () => void {
  let goneAt: number | null = null;
  let saidAt: number | null = null;
  const seconds = (): number => Math.round((epochMs() - goneAt!) / 1000);
  const clock = setInterval(() => {
    if (goneAt === null) return;
    const now = epochMs();
    if (now - goneAt < SILENCE_MS || (saidAt !== null && now - saidAt < AGAIN_EVERY_MS)) return;
    saidAt = now;
    say(`waits for ${name} since ${seconds()} s (${reasonOf(why())}); nothing is lost`);
  }, SILENCE_MS / 4);
  clock.unref();
  redis.on('close', () => {
    goneAt ??= epochMs() - (isSilence(why()) ? ANSWER_MS : 0);
  });
  redis.on('ready', () => {
    if (saidAt !== null) say(`${name} is back after ${seconds()} s`);
    goneAt = null;
    saidAt = null;
  });
  return () => clearInterval(clock);
}
