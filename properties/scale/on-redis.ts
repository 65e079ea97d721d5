import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BLOCK } from '../campaign/block.ts';
import { buildHere } from '../farm/build.ts';
import { MOST_JOBS } from '../farm/coordinator.ts';
import { openEngine } from '../farm/engine.ts';
import { blocksOfJob } from '../farm/spec.ts';
import { BULLMQ_PREFIX, queueName, Store } from '../farm/store.ts';
import { jobData } from '../farm/wire.ts';
import { TestRedis, xx } from '../testing/farm.ts';
import { cpuMsSince, rounded } from './measure.ts';
import type { RedisCost, ScaleRecord } from './record.ts';

/** Plays a whole campaign over a Redis of its own, with one worker. */
export async function redisCost(runs: number): Promise<RedisCost> {
  const redis = await TestRedis.start();
  const out = mkdtempSync(join(tmpdir(), 'xx-scale-'));
  const worker = xx(['worker', '--queue', redis.url, '--workers', '1']);
  try {
    const before = await figuresOf(redis);
    const asked = ['--runs', String(runs), '--size', 'small', '--seed', '1', '--out', out, '--json'];
    const campaign = xx(['fuzz', '--queue', redis.url, ...asked]);
    const code = await campaign.ended;
    if (!campaign.said.out.includes('"verdict"')) throw new Error(`exit ${code}: ${campaign.said.err}`);
    const after = await figuresOf(redis);
    const jobs = Math.ceil(runs / BLOCK / blocksOfJob(runs, false));
    const perJob = (of: keyof Figures): number => rounded((after[of] - before[of]) / jobs);
    return {
      jobs,
      commandsPerJob: perJob('commands'),
      cpuMsPerJob: perJob('cpuMs'),
      bytesInPerJob: perJob('bytesIn'),
      bytesOutPerJob: perJob('bytesOut'),
    };
  } finally {
    worker.child.kill('SIGKILL');
    await worker.ended;
    await redis.end();
    rmSync(out, { recursive: true, force: true });
  }
}

interface Figures {
  readonly commands: number;
  readonly cpuMs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

async function figuresOf(redis: TestRedis): Promise<Figures> {
  const info = await redis.ask((asked) => asked.info('all'));
  const figure = (name: string): number => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)![1]);
  const calls = [...info.matchAll(/^cmdstat_[^:]+:calls=(\d+)/gm)].map(([, count]) => Number(count));
  return {
    commands: calls.reduce((sum, count) => sum + count, 0),
    cpuMs: 1000 * (figure('used_cpu_user') + figure('used_cpu_sys')),
    bytesIn: figure('total_net_input_bytes'),
    bytesOut: figure('total_net_output_bytes'),
  };
}

const POLLS = 50;

/** What the coordinator does beside results: it puts jobs, and asks for those that are not there yet. */
export async function coordinatorCosts(): Promise<Pick<ScaleRecord, 'putMs' | 'poll'>> {
  const redis = await TestRedis.start();
  const engine = await openEngine(redis.url, () => {});
  const store = new Store(engine);
  const { version, digest } = buildHere();
  const spec = {
    ...{ version, build: digest, scheduler: 'xx', isProcess: false, seed: 1, size: 'medium' as const },
    ...{ properties: [], except: [], without: [], goals: null, corpus: null, shares: false },
    ...{ runs: null, blocks: 1 },
  };
  const campaign = await store.begin(spec, '00000001');
  const connection = { connection: engine.redis, prefix: BULLMQ_PREFIX };
  const queue = new engine.bullmq.Queue(queueName(campaign), connection);
  const put = (from: number): Promise<unknown> =>
    queue.addBulk(
      Array.from({ length: MOST_JOBS / 4 }, (_, index) => ({
        name: 'xx',
        data: jobData({ block: from + index, count: BLOCK }),
        opts: { jobId: `${campaign.id}-${from + index}`, attempts: 3 },
      })),
    );
  try {
    await put(0);
    let before = process.cpuUsage();
    await put(MOST_JOBS);
    const putMs = rounded(cpuMsSince(before) / (MOST_JOBS / 4));
    const asked = Array.from({ length: MOST_JOBS }, (_, block) => block);
    await store.results(campaign, asked);
    const redisBefore = await figuresOf(redis);
    before = process.cpuUsage();
    for (let time = 0; time < POLLS; time++) await store.results(campaign, asked);
    const ms = rounded(cpuMsSince(before) / POLLS);
    const redisMs = rounded(((await figuresOf(redis)).cpuMs - redisBefore.cpuMs) / POLLS);
    return { putMs, poll: { jobs: MOST_JOBS, ms, redisMs } };
  } finally {
    await queue.close();
    engine.close();
    await redis.end();
  }
}
