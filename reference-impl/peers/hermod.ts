import { sampleDistinct } from '../random.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Cluster } from './parts/cluster.ts';
import { createPeer } from './parts/peer.ts';

/** What a variant of Hermod does otherwise. */
export interface HermodPolicies {
  /** How many machines are polled, where the configuration says `kMachines`. */
  polls(kMachines: number): number;
  /** Which of the machines that were polled takes the next function; there is one at least. */
  choose(cluster: Cluster, polled: readonly number[]): number;
}

const HERMOD: HermodPolicies = {
  polls: (kMachines) => kMachines,
  choose: ({ fleet }, polled) => fleet.leastLoaded(polled),
};

/**
 * Hermod (Kaffes et al., SoCC 2022) as XX's paper simulates it (section 4.2): the least loaded of k machines that are
 * polled, early binding, and processor sharing among a machine's functions. Shards are first come first served. It has
 * no classes, no budgets and no idea of memory: it neither swaps nor kills.
 */
export function createHermod(changes: Partial<HermodPolicies> = {}, name = 'hermod'): Scheduler {
  const { polls, choose } = { ...HERMOD, ...changes };
  return createSharing(name, (cluster) => {
    const { open } = cluster.fleet;
    const polled = sampleDistinct(cluster.generator, open.length, polls(cluster.config.kMachines));
    for (let index = 0; index < polled.length; index++) polled[index] = open[polled[index]!]!;
    return { machine: choose(cluster, polled), polled };
  });
}

/**
 * Hermod as its own paper has it: with a view of the whole cluster, it consolidates below the capacity of the cores (the
 * fullest machine that is not empty and has a core free, else an empty one), and above it takes the least loaded of all.
 * Start-ups take no time in this simulation, so a warm sandbox is worth nothing and is not looked for.
 */
export function createHermodHybrid(): Scheduler {
  return createSharing('hermod-hybrid', ({ fleet }) => {
    const machine = fleet.fullestWithFreeCore() ?? fleet.leastLoadedOfAll();
    return { machine, polled: [machine] };
  });
}

/** Where a Hermod places a function next, of the machines that are open; and which machines it polled. */
type Chooser = (cluster: Cluster) => { machine: number; polled: number[] };

function createSharing(name: string, choose: Chooser): Scheduler {
  return createPeer({
    name,
    cores: 'shared',
    machines: () => ({ kind: 'sharing' }),
    rules: (cluster) => ({
      turn(job) {
        const { machine, polled } = choose(cluster);
        cluster.place(job, machine, polled);
      },
    }),
  });
}
