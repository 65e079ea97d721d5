import { JOBS_PER_THREAD, MOST_JOBS, POLL_MS } from '../farm/coordinator.ts';
import type { ScaleRecord, StretchCost } from './record.ts';

/** What a farm would do to its parts, if each job costs there what it cost here. */
export interface Load {
  readonly cores: number;
  readonly blocks: number;
  /** What a core takes for a job. */
  readonly jobMs: number;
  readonly resultsPerSecond: number;
  /** Share of one core that the coordinator needs, and that Redis needs: 1 is all of it. */
  readonly coordinator: number;
  readonly redis: number;
  /** Into the coordinator. */
  readonly bytesPerSecond: number;
  /** How long a result waits in front of the coordinator, in the mean; null when the queue grows for ever. */
  readonly waitMs: number | null;
  /** Which share of the cores has something to do. */
  readonly busy: number;
}

/**
 * A queue with one server and constant service (M/D/1): results come independently of one another, as they do from many
 * cores whose jobs take different times. Its mean wait is by Pollaczek and Khinchine.
 */
export function loadOf(record: ScaleRecord, cores: number, blocks: number): Load {
  const jobMs = blocks * record.blockMs;
  const perMs = cores / jobMs;
  const cost = costOf(record, blocks);
  const serviceMs = serviceMsOf(record, cost);
  const jobs = Math.min(MOST_JOBS, cores * JOBS_PER_THREAD);
  const polls = jobs / record.poll.jobs / POLL_MS;
  const coordinator = perMs * serviceMs + polls * record.poll.ms;
  const redis = perMs * record.redis.cpuMsPerJob + polls * record.poll.redisMs;
  const fed = mostCores(record, blocks, jobs) / cores;
  return {
    ...{ cores, blocks, jobMs, coordinator, redis },
    resultsPerSecond: 1000 * perMs,
    bytesPerSecond: 1000 * perMs * cost.bytes,
    waitMs: coordinator < 1 ? (serviceMs * coordinator) / (2 * (1 - coordinator)) : null,
    busy: Math.min(1, 1 / coordinator, 1 / redis, fed),
  };
}

/**
 * How many cores can have a job at a time: those in the queue are also done and not yet noticed. A result waits half a poll
 * in the mean, and the job that follows it is put with the next one.
 */
export function mostCores({ blockMs }: ScaleRecord, blocks: number, jobs = MOST_JOBS): number {
  return jobs / (1 + (1.5 * POLL_MS) / (blocks * blockMs));
}

/** What the coordinator does for each job. */
export function serviceMsOf({ putMs }: ScaleRecord, { checkMs, uniteMs }: StretchCost): number {
  return putMs + checkMs + uniteMs;
}

/** The most cores with which neither the coordinator nor Redis needs more than this share of a core. */
export function coresAt(record: ScaleRecord, blocks: number, share: number): number {
  const isEnough = (cores: number): boolean => isWithin(record, cores, blocks, share);
  let [few, many] = [0, 1];
  while (isEnough(many)) [few, many] = [many, 2 * many];
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2);
    if (isEnough(middle)) few = middle;
    else many = middle;
  }
  return few;
}

/** The fewest blocks in a job with which so many cores leave both that much; null when no number of blocks does. */
export function leastBlocks(record: ScaleRecord, cores: number, share: number): number | null {
  for (let blocks = 1; blocks <= MOST_TRIED; blocks++) {
    if (isWithin(record, cores, blocks, share)) return blocks;
  }
  return null;
}

/** Whether neither the coordinator nor Redis needs more than this share of a core: the more cores, the less likely. */
function isWithin(record: ScaleRecord, cores: number, blocks: number, share: number): boolean {
  const { coordinator, redis } = loadOf(record, cores, blocks);
  return Math.max(coordinator, redis) <= share;
}

const MOST_TRIED = 10_000;

/** Between what was measured by a straight line; beyond, as the largest: counters that are there grow only in digits. */
export function costOf({ stretches }: ScaleRecord, blocks: number): StretchCost {
  const above = stretches.find((one) => one.blocks >= blocks) ?? stretches.at(-1)!;
  const below = stretches.findLast((one) => one.blocks <= blocks) ?? above;
  if (above.blocks <= below.blocks) return { ...below, blocks };
  const part = (blocks - below.blocks) / (above.blocks - below.blocks);
  const between = (of: 'bytes' | 'checkMs' | 'uniteMs'): number => below[of] + part * (above[of] - below[of]);
  return { blocks, bytes: between('bytes'), checkMs: between('checkMs'), uniteMs: between('uniteMs') };
}
