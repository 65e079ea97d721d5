import type { Configuration } from '../../model/configuration.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { play } from '../../reference-impl/simulation/clock.ts';
import type { EndedInvocation } from '../../reference-impl/simulation/life.ts';
import type { WorkloadItem } from '../../reference-impl/simulation/workload.ts';

/**
 * A machine whose RAM is full, and whose disk is the server of a queue. One function of a lower class holds all of the
 * RAM. Each that arrives, of a higher class, needs 1 MB, has a core at once and keeps both, so that it waits for just one
 * transfer, of 1 MB from below; those wait in the order in which they arrived.
 */

/** So many arrive at a machine before another one, just as full, takes the next: each of them costs those after it time. */
const ARRIVALS = 1000;
/** Of those the first are not measured, since they find an idle disk. */
const UNMEASURED = 150;
/** They are all served by then: so many transfers take as long. */
const TRANSFERS_AFTER = 200;
/** Longer than anything lasts. */
const FOR_EVER_MS = 1_000_000_000_000;
const LOW = { name: 'low', price: 1 };
const HIGH = { name: 'high', price: 2 };

/**
 * Plays arrivals into machines that are full, one after the other.
 *
 * @param transferMs how long each transfer takes, at least 1 s.
 * @param onWait is given how long each waited until the disk began with its transfer, in ms.
 * @returns the integral over time of the functions in the system, and the sum of their latencies, in ms.
 */
export function playFullMachines(
  createScheduler: () => Scheduler,
  workload: Iterable<WorkloadItem>,
  transferMs: number,
  onWait: (waitMs: number) => void,
): { liveMs: number; latencyMs: number } {
  const sums = { liveMs: 0, latencyMs: 0 };
  for (const items of batches(workload)) {
    const lastMs = items.at(-1)!.arriveMs;
    const { usage } = play({
      scheduler: createScheduler(),
      configuration: fullMachine(items.length),
      workload: [filler(items.length), ...items],
      // 1 MB goes in a second, and the rest of the time is latency.
      disk: { mbPerSecond: 1, latencyUs: 1000 * (transferMs - 1000), chunkMb: 1, reserveMb: 1 },
      untilMs: lastMs + TRANSFERS_AFTER * transferMs,
      onEnd({ id, item, submittedAtMs, endedAtMs, executedMs }: EndedInvocation) {
        sums.latencyMs += endedAtMs - submittedAtMs;
        if (item.class === 0 || id <= UNMEASURED) return;
        onWait(endedAtMs - executedMs - submittedAtMs - transferMs);
      },
    });
    sums.liveMs += usage.liveMs;
  }
  return sums;
}

/** The arrivals of one machine each, which begin when those of the one before have ended. */
function* batches(workload: Iterable<WorkloadItem>): Iterable<WorkloadItem[]> {
  let items: WorkloadItem[] = [];
  let beganMs = 0;
  for (const item of workload) {
    const arriveMs = item.arriveMs - beganMs;
    items.push({ ...item, arriveMs, class: 1, runMs: FOR_EVER_MS });
    if (items.length < ARRIVALS) continue;
    yield items;
    items = [];
    beganMs = item.arriveMs;
  }
  if (items.length > 0) yield items;
}

/** It grows to all of the RAM as soon as it runs. */
function filler(arrivals: number): WorkloadItem {
  return {
    ...{ arriveMs: 0, function: 'filler', tenant: 0, class: 0, runMs: FOR_EVER_MS, growthSteps: 1 },
    finalMemoryMb: arrivals + 1,
    alreadyMs: FOR_EVER_MS / 2,
  };
}

function fullMachine(arrivals: number): Configuration {
  return {
    classes: [LOW, HIGH],
    memoryPrice: 0,
    machines: [{ cores: arrivals + 1, ram: arrivals + 1, swap: 2 * arrivals + 2 }],
    shards: 1,
    kMachines: 1,
    kShards: 1,
    initialMemory: 1,
    idle: { enter: 2_000_000, leave: 2_000_000, memoryDrift: 1, functionsDrift: 1 },
    maxAttempts: 1,
    seed: 1,
    tenants: [{ budget: null }],
    paging: { chunk: 1, reserve: 1 },
  };
}
