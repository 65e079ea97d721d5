import type { Setting } from './laws.ts';
import { type Replication, replicate } from './replicate.ts';

/** One replication, for a worker thread. */
export interface ReplicationTask {
  readonly setting: Setting;
  readonly functions: number;
  readonly seed: number;
}

export default function play({ setting, functions, seed }: ReplicationTask): Replication {
  return replicate(setting, functions, seed);
}
