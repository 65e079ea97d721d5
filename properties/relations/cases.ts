import type { Configuration } from '../../model/configuration.ts';
import type { WorkloadItem } from '../../reference-impl/simulation/workload.ts';

/** Small clusters and workloads for plays that are set beside each other. */

/** More RAM, in MB, than any of these workloads can use. */
export const AMPLE_MB = 1000;

export interface ClusterSize {
  readonly machines?: number;
  readonly cores?: number;
  readonly ram?: number;
  readonly swap?: number;
  readonly shards?: number;
}

/** Three classes and equal machines, of which shards know everything; by default one of one core, with ample RAM. */
export function clusterOf({
  machines = 1,
  cores = 1,
  ram = AMPLE_MB,
  swap = AMPLE_MB,
  shards = 1,
}: ClusterSize): Configuration {
  return {
    classes: [
      { name: 'low', price: 1 },
      { name: 'mid', price: 2 },
      { name: 'high', price: 4 },
    ],
    memoryPrice: 0,
    machines: Array.from({ length: machines }, () => ({ cores, ram, swap })),
    shards,
    kMachines: machines,
    kShards: shards,
    initialMemory: 1,
    idle: { enter: 1, leave: 1, memoryDrift: 1, functionsDrift: 1 },
    maxAttempts: 1,
    seed: 0,
    tenants: [{ budget: null }],
  };
}

export const LOW = 0;
export const HIGH = 2;

/** What is particular about a function of a workload. */
export interface Particulars {
  readonly class?: number;
  /** To which it grows when it has run for half of its time; 1 MB, from which all begin, unless given. */
  readonly mb?: number;
  /** One of the highest class whom it calls, once it has run for `afterMs`. */
  readonly calls?: { readonly afterMs: number; readonly runMs: number };
}

/** A function of the highest class, unless said otherwise. */
export function item(
  label: string,
  arriveMs: number,
  runMs: number,
  { class: priceClass = HIGH, mb = 1, calls }: Particulars = {},
): WorkloadItem {
  const growthSteps = mb === 1 ? 0 : 1;
  const plain = {
    function: label,
    tenant: 0,
    class: priceClass,
    arriveMs,
    runMs,
    finalMemoryMb: mb,
    growthSteps,
  };
  if (calls === undefined) return plain;
  return { ...plain, calls: [{ afterMs: calls.afterMs, item: item(`${label}-callee`, 0, calls.runMs) }] };
}
