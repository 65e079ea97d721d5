import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MOST_BLOCKS } from '../farm/spec.ts';
import { coresAt, costOf, leastBlocks, loadOf, mostCores } from './load.ts';
import { mergeCost, stretchCost, stretchOf } from './measure.ts';
import { RECORD_FILE, type ScaleRecord } from './record.ts';

/** Figures that can be checked in the head: a coordinator that takes 1 ms, a Redis that takes 2 ms, asking for nothing. */
const ROUND: ScaleRecord = {
  blockMs: 100,
  stretches: [
    { blocks: 1, bytes: 1000, checkMs: 0.5, uniteMs: 0.25 },
    { blocks: 20, bytes: 2000, checkMs: 0.5, uniteMs: 0.25 },
  ],
  putMs: 0.25,
  poll: { jobs: 4000, ms: 0, redisMs: 0 },
  redis: { jobs: 1, commandsPerJob: 1, cpuMsPerJob: 2, bytesInPerJob: 1, bytesOutPerJob: 1 },
  merges: [],
};
const KEPT: ScaleRecord = JSON.parse(readFileSync(RECORD_FILE, 'utf8'));

describe('the load of a farm', () => {
  test('is results a second times what each costs, and a wait by Pollaczek and Khinchine', () => {
    expect(loadOf(ROUND, 50, 1)).toMatchObject({
      ...{ jobMs: 100, resultsPerSecond: 500, coordinator: 0.5, redis: 1 },
      ...{ waitMs: 0.5, bytesPerSecond: 500_000, busy: 1 },
    });
  });

  test('leaves cores without work when the slower of the two is full, and lets the queue grow', () => {
    expect(loadOf(ROUND, 100, 1)).toMatchObject({ coordinator: 1, redis: 2, waitMs: null, busy: 0.5 });
  });

  test('cannot be more than the jobs in the queue, some of which are done and not yet noticed', () => {
    // 4,000 jobs of 300 ms, each of them 150 ms unnoticed: two thirds of them are played.
    expect(mostCores(ROUND, 3)).toBeCloseTo(4000 / 1.5);
    const fast = { ...ROUND, redis: { ...ROUND.redis, cpuMsPerJob: 0 }, putMs: -0.75 };
    expect(loadOf(fast, 8000, 3).busy).toBeCloseTo(1 / 3);
  });

  test('counts what asking in vain costs', () => {
    const asking = { ...ROUND, poll: { jobs: 4000, ms: 10, redisMs: 20 } };
    const more = loadOf(asking, 1000, 20);
    expect(more.coordinator - loadOf(ROUND, 1000, 20).coordinator).toBeCloseTo(0.1);
    expect(more.redis - loadOf(ROUND, 1000, 20).redis).toBeCloseTo(0.2);
  });

  test.each([ROUND, KEPT])('is at most half with the most cores for it, and more with one more', (record) => {
    const most = coresAt(record, 5, 0.5);
    const needed = (cores: number): number => {
      const { coordinator, redis } = loadOf(record, cores, 5);
      return Math.max(coordinator, redis);
    };
    expect(needed(most)).toBeLessThanOrEqual(0.5);
    expect(needed(most + 1)).toBeGreaterThan(0.5);
  });

  test.each([ROUND, KEPT])(
    'is at most half with the least size of a job for it, and more with less',
    (record) => {
      const least = leastBlocks(record, 1000, 0.5)!;
      expect(coresAt(record, least, 0.5)).toBeGreaterThanOrEqual(1000);
      expect(coresAt(record, least - 1, 0.5)).toBeLessThan(1000);
    },
  );

  test('has no such size when asking alone takes more', () => {
    const asking = { ...ROUND, poll: { jobs: 4000, ms: 90, redisMs: 0 } };
    expect(leastBlocks(asking, 1000, 0.5)).toBe(null);
  });
});

test('a cost between two that were measured lies between them, and beyond is the last', () => {
  expect(costOf(ROUND, 1).bytes).toBe(1000);
  expect(costOf(ROUND, 10.5).bytes).toBe(1500);
  expect(costOf(ROUND, 500).bytes).toBe(2000);
});

describe('what is measured', () => {
  test('of a result is its length, and a time', () => {
    const { bytes, checkMs, uniteMs } = stretchCost(1, 10, 'small');
    expect(bytes).toBeGreaterThan(1000);
    expect(checkMs + uniteMs).toBeGreaterThan(0);
  });

  test('of a merge is that of as many reports as there are shards', () => {
    const shard = stretchOf(1, 'small');
    const [two, four] = [mergeCost(2, shard), mergeCost(4, shard)];
    expect(four).toMatchObject({ shards: 4, bytes: 2 * two.bytes });
  });

  test('is kept for the largest job that a campaign has', () => {
    expect(KEPT.stretches.map(({ blocks }) => blocks)).toContain(MOST_BLOCKS);
  });
});
