import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { resultIn, type Started, TestRedis, xx } from '../testing/farm.ts';
import type { Blow, Round } from './plan.ts';

/** How a campaign has come through. */
export interface Survived {
  readonly name: string;
  /** How often each thing befell it. */
  readonly blows: Readonly<Record<string, number>>;
  readonly runs: number;
  /** Null when it came to what one process comes to; else both, as text. */
  readonly difference: { readonly farm: string; readonly alone: string } | null;
}

/** Two play at a time, whoever they are. */
const WORKERS = 2;

/** A farm of real programs on this machine, of which parts are killed while it plays a campaign. */
export class ChaosFarm {
  private readonly redis: TestRedis;
  private readonly home = mkdtempSync(join(tmpdir(), 'xx-chaos-'));
  private readonly workers: Started[] = [];
  private directories = 0;

  private constructor(redis: TestRedis) {
    this.redis = redis;
  }

  static async start(): Promise<ChaosFarm> {
    const farm = new ChaosFarm(await TestRedis.start());
    for (let count = 0; count < WORKERS; count++) farm.join();
    return farm;
  }

  /** Plays a campaign to its end, whatever befalls it, and compares what it comes to. */
  async play({ name, campaign, shares, blows }: Round): Promise<Survived> {
    const out = this.directory();
    const queue = ['--queue', this.redis.url];
    const start = (...more: string[]): Started =>
      xx(['fuzz', '--json', '--out', out, ...campaign, ...queue, ...more]);
    const counts: Record<string, number> = {};
    let coordinator = start('--no-resume');
    for (;;) {
      const blow = blows();
      const isOver = await Promise.race([
        coordinator.ended.then(() => true),
        setTimeout(blow.afterMs, false, { ref: false }),
      ]);
      if (isOver && !(await foundNoRedis(coordinator))) break;
      if (isOver) {
        coordinator = start('--resume');
        continue;
      }
      counts[blow.act] = (counts[blow.act] ?? 0) + 1;
      if (blow.act === 'the coordinator is killed') {
        coordinator.child.kill('SIGKILL');
        await coordinator.ended;
        await setTimeout(blow.goneMs);
        coordinator = start('--resume');
      } else await this.suffer(blow);
    }
    const result = await resultOf(coordinator, out);
    const alone = await this.alone(campaign);
    const [of, ofAlone] = shares ? [onlyRuns(result), onlyRuns(alone)] : [result, alone];
    const [farm, one] = [of, ofAlone].map((value) => JSON.stringify(value, null, 1)) as [string, string];
    const { runs } = (result as { report: { runs: number } }).report;
    return { name, blows: counts, runs, difference: farm === one ? null : { farm, alone: one } };
  }

  async end(): Promise<void> {
    const workers = this.workers.splice(0);
    for (const { child } of workers) child.kill('SIGKILL');
    await Promise.all(workers.map(({ ended }) => ended));
    await this.redis.end();
    rmSync(this.home, { recursive: true, force: true });
  }

  private async suffer({ act, goneMs, lot }: Blow): Promise<void> {
    if (act === 'a worker joins') return this.join();
    if (act === 'Redis is killed') {
      await this.redis.kill();
      await setTimeout(goneMs);
      return this.redis.start();
    }
    const [worker] = this.workers.splice(lot % this.workers.length, 1);
    worker!.child.kill(act === 'a worker is killed' ? 'SIGKILL' : 'SIGTERM');
    await worker!.ended;
    await setTimeout(goneMs);
    if (this.workers.length < WORKERS) this.join();
  }

  private join(): void {
    const one = xx(['worker', '--queue', this.redis.url, '--workers', '1']);
    this.workers.push(one);
    foundNoRedis(one).then((isToStartAgain) => {
      const place = this.workers.indexOf(one);
      if (!isToStartAgain || place < 0) return;
      this.workers.splice(place, 1);
      this.join();
    });
  }

  /** The same campaign in one process, where nothing befalls it. */
  private async alone(campaign: readonly string[]): Promise<object> {
    const out = this.directory();
    const words = campaign.filter((word) => word !== '--share-corpus');
    return resultOf(xx(['fuzz', '--json', '--workers', '1', '--out', out, ...words]), out);
  }

  private directory(): string {
    return join(this.home, String(++this.directories));
  }
}

/** Whoever is started while Redis is gone ends, and is started again. */
async function foundNoRedis({ ended, said }: Started): Promise<boolean> {
  return (await ended) === 2 && said.err.includes('cannot be reached');
}

async function resultOf({ ended, said }: Started, out: string): Promise<object> {
  const code = await ended;
  if (said.out === '') throw new Error(`xx fuzz ended with ${code} and no report: ${said.err}`);
  return { code, ...resultIn(said.out, out) };
}

/** All that two campaigns have in common of which one shares what it meets: every run counts once. */
function onlyRuns(result: object): object {
  const { runs } = (result as { report: { runs: number } }).report;
  return { runs };
}
