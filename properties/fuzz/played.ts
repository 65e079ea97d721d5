import type { PartId } from '../../model/alphabet.ts';
import { withImplied } from '../../model/parts.ts';
import { BLOCK, type BlockResult } from '../campaign/block.ts';
import {
  type CampaignResult,
  type CampaignViolation,
  type Progress,
  runCampaign,
} from '../campaign/campaign.ts';
import { widenFields } from '../campaign/wide-fields.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Corpus } from '../corpus/corpus.ts';
import type { CorpusDirectory } from '../corpus/directory.ts';
import type { Coordinator } from '../farm/coordinator.ts';
import { askedOf } from '../play/asked.ts';
import type { Contestant } from '../play/contestant.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { startWorkers } from '../workers.ts';
import type { ObservationFile } from './observing.ts';
import type { FuzzOptions } from './options.ts';
import type { WorkerTask } from './worker.ts';
import type { FuzzWorld } from './world.ts';

const PROGRESS_EVERY_MS = 1000;

/** Runs the campaign itself, in threads where there are several. */
export async function playCampaign(
  options: FuzzOptions & {
    wanted: readonly PropertyId[];
    except: readonly PropertyId[];
    without: readonly PartId[];
    contestant: Contestant;
    elapsedMs: () => number;
    before: CorpusDirectory | null;
    collector: Corpus | null;
    observer: ObservationFile | null;
    farm: Coordinator | null;
    onFound: (violation: CampaignViolation) => () => boolean;
  },
  world: FuzzWorld,
): Promise<CampaignResult> {
  const { candidate, contestant, seed, size, shard, runs, budgetMs, wanted, except, without, elapsedMs } =
    options;
  const { before, collector, observer, farm, onFound } = options;
  const workers =
    // Whoever plays a process waits for it, and this thread has progress to show.
    farm === null && (options.workers > 1 || candidate.exec !== undefined)
      ? startWorkers<WorkerTask, BlockResult>('fuzz/worker', options.workers)
      : null;
  if (workers === null && farm === null && (runs ?? BLOCK) >= BLOCK) widenFields();
  /** Blocks may take minutes: progress is shown by time, not by blocks. */
  let last: Progress = {
    ...{ runs: 0, steps: 0, shrinking: null, tally: emptyCampaignTally() },
    without: withImplied(without),
  };
  const tell = (): void => world.onProgress({ ...last, elapsedMs: elapsedMs(), farm: farm?.look() ?? null });
  const clock = setInterval(() => {
    if (last.shrinking === null) tell();
  }, PROGRESS_EVERY_MS);
  try {
    return await runCampaign({
      contestant,
      seed,
      size,
      properties: wanted,
      except,
      without,
      wanted(begun) {
        if (world.interrupted()) return 0;
        if (budgetMs !== undefined && elapsedMs() >= budgetMs) return 0;
        return runs === undefined ? Number.POSITIVE_INFINITY : runs - begun;
      },
      interrupted: world.interrupted,
      onFound,
      onProgress(progress) {
        last = progress;
        tell();
      },
      ...(shard === undefined ? {} : { shard }),
      ...(observer === null ? {} : { observer }),
      ...(before === null || collector === null
        ? {}
        : {
            first: () =>
              collector.replay([...before.scenarios.values()], askedOf(wanted, except), {
                without,
                ...(observer === null ? {} : { observe: { property: observer.property, seed } }),
              }),
            explorer: collector,
          }),
      ...(farm === null
        ? {}
        : { elsewhere: { parallel: farm.parallel, blocks: farm.campaign.spec.blocks, run: farm.run } }),
      ...(workers === null
        ? {}
        : {
            elsewhere: {
              parallel: () => workers.parallel,
              run: (task) => workers.run({ candidate, task }),
            },
          }),
    });
  } finally {
    clearInterval(clock);
    await workers?.destroy();
  }
}
