import { InputError } from '../model/input-error.ts';
import type { Size } from './arbitraries/configuration.ts';
import { BLOCK, type BlockResult } from './campaign/block.ts';
import { type Progress, runCampaign, type Violation } from './campaign/campaign.ts';
import { type CampaignSummary, judgedProperties, summarize } from './campaign/summary.ts';
import type { WorkerTask } from './campaign/worker.ts';
import { CATALOGUE, type PropertyId } from './catalogue.ts';
import { type Candidate, contestantOf } from './contestants.ts';
import { recordOf } from './records/from-violation.ts';
import { keepRecord } from './records/keep.ts';
import { startWorkers } from './workers.ts';

/** What `xx fuzz` was asked for. */
export interface FuzzOptions {
  readonly candidate: Candidate;
  /** Either is enough; whichever is reached first ends the campaign. */
  readonly runs?: number;
  readonly budgetMs?: number;
  readonly seed: number;
  readonly size: Size;
  /** Threads that run blocks; the result is the same whatever their number. */
  readonly workers: number;
  /** Ids of properties; all when empty. */
  readonly properties: readonly string[];
  /** Where counterexamples are written. */
  readonly out: string;
}

/** The world outside a campaign. */
export interface FuzzWorld {
  /** A clock that never goes back, in ms. */
  readonly nowMs: () => number;
  /** Whether somebody wants the campaign to stop. */
  readonly interrupted: () => boolean;
  readonly onProgress: (progress: Progress & { elapsedMs: number }) => void;
}

export interface FuzzOutcome {
  readonly summary: CampaignSummary;
  readonly violations: readonly Violation[];
}

/**
 * Runs a campaign and writes what it finds.
 *
 * @throws InputError when a property or the scheduler is not known, or a file cannot be written.
 */
export async function fuzz(options: FuzzOptions, world: FuzzWorld): Promise<FuzzOutcome> {
  const { candidate } = options;
  const contestant = contestantOf(candidate);
  const wanted = options.properties.map(propertyId);
  const workers =
    options.workers > 1 ? startWorkers<WorkerTask, BlockResult>('campaign/worker', options.workers) : null;
  const startedAt = world.nowMs();
  const elapsedMs = (): number => world.nowMs() - startedAt;
  const result = await runCampaign({
    contestant,
    seed: options.seed,
    size: options.size,
    properties: wanted,
    wanted(runs) {
      if (world.interrupted()) return 0;
      if (options.budgetMs !== undefined && elapsedMs() >= options.budgetMs) return 0;
      return options.runs === undefined ? BLOCK : options.runs - runs;
    },
    interrupted: world.interrupted,
    onProgress: (progress) => world.onProgress({ ...progress, elapsedMs: elapsedMs() }),
    ...(workers === null
      ? {}
      : {
          elsewhere: {
            parallel: workers.parallel,
            run: (task) => workers.run({ candidate, task }),
          },
        }),
  }).finally(() => {
    contestant.close();
    return workers?.destroy();
  });
  const summary = summarize(result, {
    scheduler: candidate.scheduler,
    seed: options.seed,
    seconds: elapsedMs() / 1000,
    properties: judgedProperties(wanted, contestant.twin !== undefined),
    directory: options.out,
    interrupted: world.interrupted(),
  });
  for (const violation of result.violations) {
    keepRecord(options.out, recordOf(violation, { scheduler: candidate.scheduler, seed: options.seed }));
  }
  return { summary, violations: result.violations };
}

function propertyId(id: string): PropertyId {
  const property = CATALOGUE.find((candidate) => candidate.id === id);
  if (property !== undefined) return property.id;
  throw new InputError(`--property: there is no property "${id}"; \`xx explain\` lists them`);
}
