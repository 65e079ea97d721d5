import { SCHEDULERS } from '../../reference-impl/schedulers/registry.ts';
import { MUTANTS } from '../mutants/index.ts';
import type { Build } from './build.ts';
import type { OpenCampaign } from './store.ts';

/** What a worker has, by its own command line. */
export interface Equipment {
  readonly build: Build;
  /** The command of its process, if it plays one. */
  readonly exec: string | null;
  /** SHA-256 of its module of goals, if it has one. */
  readonly goals: string | null;
}

/** Why a worker cannot play a campaign, with what to type; null when it can. */
export function whyUnfit({ spec, id }: OpenCampaign, { build, exec, goals }: Equipment): string | null {
  if (spec.version !== build.version || spec.build !== build.digest) {
    return `campaign ${id} is of xx-spec ${spec.version} (build ${spec.build}), and this worker is ${build.version} (build ${build.digest}): install the same package on both`;
  }
  if (spec.isProcess && exec === null) {
    return `campaign ${id} is of a process: start a worker with --exec and its command, ${JSON.stringify(spec.scheduler)}`;
  }
  if (spec.isProcess && exec !== spec.scheduler) {
    return `campaign ${id} is of the process ${JSON.stringify(spec.scheduler)}, and --exec of this worker is ${JSON.stringify(exec)}: give both the same command`;
  }
  if (!spec.isProcess && ![...SCHEDULERS, ...MUTANTS].some(({ name }) => name === spec.scheduler)) {
    return `campaign ${id} is of the scheduler ${JSON.stringify(spec.scheduler)}, which this package does not have`;
  }
  if (spec.goals !== null && spec.goals !== goals) {
    return `campaign ${id} has goals: start a worker with --goals and the same file`;
  }
  return null;
}
