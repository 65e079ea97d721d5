import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Judge } from '../../model/judge.ts';
import { createXX } from '../xx/xx.ts';
import { type Disk, readDisk, transferMs } from './disk.ts';
import { cluster, playAll, SMALL } from './fixtures/cluster.ts';
import type { WorkloadItem } from './workload.ts';

const DISK: Disk = { mbPerSecond: 1000, latencyUs: 250, chunkMb: 10, reserveMb: 10 };

describe('a disk that is read', () => {
  it('has the figures and units that were written, and a chunk of what goes in a millisecond', () => {
    expect(readDisk('2GB/s:40us', undefined, undefined)).toEqual({
      mbPerSecond: 2000,
      latencyUs: 40,
      chunkMb: 2,
      reserveMb: 2,
    });
    expect(readDisk('500MB/s:0.1ms', '7', '3')).toEqual({
      mbPerSecond: 500,
      latencyUs: 100,
      chunkMb: 7,
      reserveMb: 3,
    });
  });

  it('has the larger chunk that goes in its latency where that is longer than a millisecond', () => {
    expect(readDisk('200MB/s:12ms', undefined, undefined).chunkMb).toBe(3);
  });

  it.each([
    '',
    'fast',
    '500',
    '500MB/s',
    '500MB:100us',
    '0MB/s:1us',
    '2000000MB/s:1us',
    '1GB/s:11000ms',
    'toString',
  ])('is refused in one line that begins with the option: %j', (text) => {
    expect(() => readDisk(text, undefined, undefined)).toThrow(/^--disk: expected [^\n]+ got [^\n]*$/);
  });

  it.each([
    ['0', undefined, '--chunk'],
    ['1', '0', '--reserve'],
    ['x', undefined, '--chunk'],
  ])('is refused with chunk %s and reserve %s', (chunk, reserve, option) => {
    expect(() => readDisk('ssd', chunk, reserve)).toThrow(
      new RegExp(`^${option}: expected an integer from 1`),
    );
  });
});

describe('a disk that works', () => {
  const RAM = { ram: 100, swap: 1000 };

  it('gives each transfer its latency and its MB over the bandwidth, to the part of a millisecond', () => {
    const { steps, disk } = played(crowd(6), RAM);
    const paged = steps.filter(({ stimulus }) => stimulus.type === 'paged');
    const started = steps.flatMap(({ at, decisions }) =>
      decisions.flatMap((decision) =>
        decision.type === 'pageOut' || decision.type === 'pageIn' ? [{ at, mb: decision.memory }] : [],
      ),
    );
    expect(started.length).toBeGreaterThan(5);
    expect(paged.length).toBe(started.length);
    expect(disk!.transfers).toBe(started.length);
    for (const [index, { at, mb }] of started.entries()) {
      const took = paged[index]!.at - at;
      // Steps show the whole millisecond that has begun.
      expect(Math.abs(took - transferMs(DISK, mb))).toBeLessThan(1);
    }
    const busyMs = started.reduce((sum, { mb }) => sum + transferMs(DISK, mb), 0);
    const { endedAtMs } = played(crowd(6), RAM);
    expect(disk!.utilization * endedAtMs).toBeCloseTo(busyMs, 6);
  });

  it('moves what it moves, out and in, and as much for each MB that was given as that makes', () => {
    const { steps, disk } = played(crowd(6), RAM);
    const sumOf = (type: string) =>
      steps
        .flatMap(({ decisions }) => decisions)
        .reduce(
          (sum, decision) => sum + (decision.type === type && 'memory' in decision ? decision.memory : 0),
          0,
        );
    expect(disk!.pagedOutMb).toBe(sumOf('pageOut'));
    expect(disk!.pagedInMb).toBe(sumOf('pageIn'));
    expect(disk!.movedPerMb).toBeCloseTo((sumOf('pageOut') + sumOf('pageIn')) / sumOf('allocate'), 12);
  });

  it('lets a class wait for memory just as long as the disk works for it', () => {
    // One of the lower class fills the RAM; the higher one needs 50 MB, which five transfers make free.
    const low = { ...SMALL, runMs: 1000, finalMemoryMb: 50 };
    const high = { ...SMALL, arriveMs: 10, class: 1, runMs: 20 };
    const { disk, ended } = played([low, high], { ram: 50, swap: 1000 });
    expect(ended.map(({ ending }) => ending)).toEqual(['completed', 'completed']);
    expect(disk!.memoryWaitMs[1]).toBeCloseTo(5 * transferMs(DISK, 10), 9);
    const ofHigh = ended.find(({ item }) => item.class === 1)!;
    expect(ofHigh.endedAtMs - ofHigh.submittedAtMs).toBeCloseTo(20 + 5 * transferMs(DISK, 10), 9);
  });

  it('does nothing where all memory fits, and nobody waits for memory that is allocated at once', () => {
    const { disk } = played([SMALL], { ram: 400, swap: 1000 });
    expect(disk).toEqual({
      utilization: 0,
      transfers: 0,
      pagedOutMb: 0,
      pagedInMb: 0,
      movedPerMb: 0,
      memoryWaitMs: [0, 0],
    });
  });

  it('forgets its transfer with a machine that crashes, and works again when that joins', () => {
    const incidents = [
      { at: 12, stimulus: { type: 'crash', machine: 0 } },
      { at: 13, stimulus: { type: 'join', machine: 0, cores: 1, ram: 50, swap: 1000 } },
    ] as const;
    const low = { ...SMALL, runMs: 100 };
    const high = { ...SMALL, arriveMs: 10, class: 1, runMs: 20 };
    const { ended, usage, steps } = played([low, high], { ram: 50, swap: 1000 }, incidents);
    expect(steps.some(({ at, stimulus }) => stimulus.type === 'paged' && at > 13)).toBe(true);
    expect(ended.map(({ ending }) => ending)).toEqual(['completed', 'completed']);
    expect([usage.residentMb, usage.swappedMb]).toEqual([0, 0]);
  });

  it('is told of nothing that the judge refuses, whatever the workload and the incidents', () => {
    fc.assert(
      fc.property(workloads(), incidents(), (workload, happening) => {
        const { steps, usage, disk, endedAtMs } = played(workload, { ram: 120, swap: 150 }, happening);
        const judge = new Judge(configuration({ ram: 120, swap: 150 }));
        for (const { at, stimulus, decisions } of steps)
          expect(judge.step(at, stimulus, decisions)).toBeNull();
        expect([usage.residentMb, usage.swappedMb]).toEqual([0, 0]);
        expect(disk!.utilization * endedAtMs).toBeLessThanOrEqual(endedAtMs + 1e-6);
        for (const ms of disk!.memoryWaitMs) expect(ms).toBeGreaterThanOrEqual(-1e-6);
      }),
      { numRuns: 60 },
    );
  });

  it('needs a configuration with paging, and one with paging needs a disk', () => {
    const options = { scheduler: createXX(), configuration: cluster(1), workload: [] };
    expect(() => playAll({ ...options, disk: DISK })).toThrow('a disk goes with a configuration');
    expect(() => playAll({ ...options, configuration: configuration({}) })).toThrow('a disk goes with');
  });
});

function configuration(size: { ram?: number; swap?: number }) {
  return cluster(1, { paging: { chunk: DISK.chunkMb, reserve: DISK.reserveMb } }, size);
}

function played(
  workload: WorkloadItem[],
  size: { ram: number; swap: number },
  happening: Parameters<typeof playAll>[0]['incidents'] = [],
) {
  const options = { scheduler: createXX(), configuration: configuration(size), disk: DISK };
  return playAll({ ...options, workload, incidents: happening });
}

/** Functions of both classes in turn that together need more than the RAM. */
function crowd(size: number): WorkloadItem[] {
  return Array.from({ length: size }, (_, index) => ({
    ...SMALL,
    arriveMs: 7 * index,
    class: index % 2,
    runMs: 40,
    finalMemoryMb: 80,
    growthSteps: 2,
  }));
}

function workloads(): fc.Arbitrary<WorkloadItem[]> {
  const item = fc.record({
    gapMs: fc.nat(20),
    class: fc.nat(1),
    runMs: fc.integer({ min: 1, max: 60 }),
    finalMemoryMb: fc.integer({ min: 10, max: 140 }),
    growthSteps: fc.nat(3),
    isCaller: fc.boolean(),
  });
  return fc.array(item, { minLength: 2, maxLength: 12 }).map((items) => {
    let arriveMs = 0;
    return items.map(({ gapMs, isCaller, ...rest }) => {
      arriveMs += gapMs;
      const calls = isCaller ? { calls: [{ afterMs: 0, item: { ...SMALL, class: rest.class } }] } : {};
      return { ...SMALL, ...rest, ...calls, arriveMs };
    });
  });
}

function incidents() {
  const stimulus = fc.oneof(
    fc.nat(100).map((memory) => ({ type: 'antagonist', machine: 0, memory }) as const),
    fc.constant({ type: 'restart', shard: 0 } as const),
  );
  return fc
    .array(fc.record({ at: fc.nat(200), stimulus }), { maxLength: 4 })
    .map((all) => [
      ...all.sort((a, b) => a.at - b.at),
      { at: 400, stimulus: { type: 'antagonist', machine: 0, memory: 0 } as const },
    ]);
}
