import type { Configuration } from '../../../model/configuration.ts';
import type { Scheduler } from '../../scheduler.ts';
import { availableMb, referencePolicies } from '../../xx/policies.ts';
import { NONE } from '../../xx/state.ts';
import { createXX } from '../../xx/xx.ts';
import { type Disk, pagingOf } from '../disk.ts';
import type { SyntheticWorkload } from '../synthetic.ts';

export type FigureName = 'figure-3' | 'figure-4';
export type PresetName = 'paper-text' | 'paper-code';

/** When a machine is on an idle list: by its free memory as the paper says, by its queue as its authors' code has it. */
export type Idleness = 'off' | 'by-memory' | 'by-queue-length';

/** An experiment of the paper with all its parameters: everything that makes its outcome what it is. */
export interface Scene {
  readonly figure: FigureName;
  readonly preset: PresetName;
  readonly machines: number;
  readonly cores: number;
  readonly ramMb: number;
  readonly swapMb: number;
  readonly shards: number;
  readonly kMachines: number;
  readonly idleness: Idleness;
  readonly initialMemoryMb: number;
  readonly turnMs: number;
  /** What each machine pages with; absent where a page moves at once. */
  readonly disk?: Disk;
  readonly workload: Omit<SyntheticWorkload, 'seed'>;
  /** Functions that arrive after this are played but not shown, so that the last ones shown have competition too. */
  readonly shownMs: number;
  /** The first seed, and how many runs there are, each with the next seed; what they give is pooled. */
  readonly seed: number;
  readonly runs: number;
}

/** The cluster of a scene, for one of its seeds. */
export function configurationOfScene(scene: Scene, seed: number): Configuration {
  const { machines, cores, ramMb: ram, swapMb: swap, shards, kMachines, idleness, workload } = scene;
  const thresholds = { enter: Math.ceil(ram / 4), leave: Math.ceil(ram / 8) };
  // Nothing is listed that would need more memory than there is.
  const unreachable = { enter: ram + 1, leave: ram + 1 };
  return {
    classes: workload.classes.map(({ name, price }) => ({ name, price })),
    memoryPrice: 0,
    machines: Array.from({ length: machines }, () => ({ cores, ram, swap })),
    shards,
    kMachines: Math.min(kMachines, machines),
    kShards: shards,
    initialMemory: scene.initialMemoryMb,
    idle: {
      ...(idleness === 'off' ? unreachable : thresholds),
      memoryDrift: Math.ceil(ram / 32),
      functionsDrift: 2,
    },
    maxAttempts: 3,
    seed,
    tenants: [{ budget: null }],
    ...pagingOf(scene.disk),
  };
}

/** XX as a scene has it: with idle lists by queue length, one policy differs from the reference's. */
export function createSceneXX({ idleness }: Pick<Scene, 'idleness'>): Scheduler {
  if (idleness !== 'by-queue-length') return createXX();
  return createXX({
    policies: {
      ...referencePolicies,
      // A machine is idle while it has a core to spare, whatever its memory.
      idleListChange(machine, entry, thresholds) {
        const isIdle = machine.status === 'up' && machine.live < machine.cores;
        if (machine.listedOn === NONE) return isIdle ? 'list' : 'none';
        if (!isIdle) return 'unlist';
        const isOff =
          machine.live !== entry.functions ||
          Math.abs(availableMb(machine) - entry.available) >= thresholds.memoryDrift;
        return isOff ? 'relist' : 'none';
      },
    },
  });
}
