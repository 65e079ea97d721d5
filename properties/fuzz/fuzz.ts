import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { PartId } from '../../model/alphabet.ts';
import { InputError } from '../../model/input-error.ts';
import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import { epochMs } from '../../reference-impl/io/clock.ts';
import { refuseUnwritable, removeFile } from '../../reference-impl/io/files.ts';
import { stopSign } from '../../reference-impl/io/stop-sign.ts';
import type { BlockResult } from '../campaign/block.ts';
import {
  type CampaignResult,
  type CampaignViolation,
  type Progress,
  runCampaign,
} from '../campaign/campaign.ts';
import { type CampaignSummary, judgedProperties, summarize } from '../campaign/summary.ts';
import type { PropertyId } from '../catalogue.ts';
import { type Candidate, contestantOf, withGoals } from '../contestants/contestants.ts';
import { Corpus } from '../corpus/corpus.ts';
import type { CorpusSummary } from '../corpus/corpus-summary.ts';
import { type CorpusDirectory, readCorpus } from '../corpus/directory.ts';
import type { Coordinator, FarmStatus } from '../farm/coordinator.ts';
import { partIds } from '../parts.ts';
import { askedOf } from '../play/asked.ts';
import type { Contestant } from '../play/contestant.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { propertyIds } from '../property-ids.ts';
import { recordOfViolation } from '../records/from-violation.ts';
import { shrinkBroken } from '../shrinking/shrink-broken.ts';
import { startWorkers } from '../workers.ts';
import { openFarm } from './farming.ts';
import { keepBroken, keptIfPossible } from './keeping.ts';
import { keepCorpus, writeReport } from './leaving.ts';
import { ObservationFile, propertyText } from './observing.ts';
import type { FuzzOptions } from './options.ts';
import type { WorkerTask } from './worker.ts';

/** The world outside a campaign. */
export interface FuzzWorld {
  /** A clock that never goes back, in ms. */
  readonly nowMs: () => number;
  /** Whether the campaign should stop. */
  readonly interrupted: () => boolean;
  readonly onProgress: (progress: FuzzProgress) => void;
  /** Says in a line what is waited for; nobody hears it unless given. */
  readonly say?: (line: string) => void;
  /** Is told at once of what was found, and where it is kept as it is, before it is shortened. */
  readonly onFound?: (violation: CampaignViolation, file: string) => void;
}

export interface FuzzProgress extends Progress {
  readonly elapsedMs: number;
  /** Who plays, if that is a farm. */
  readonly farm: FarmStatus | null;
}

export interface FuzzOutcome {
  readonly summary: CampaignSummary;
  readonly violations: readonly CampaignViolation[];
  /** What became of the corpus, if there is one. */
  readonly corpus: CorpusSummary | null;
  /** Why something could not be written; the verdict comes first. */
  readonly unwritten: InputError | null;
}

/**
 * Runs a campaign and writes what it finds.
 *
 * @throws InputError when a property or the scheduler is not known, or a file cannot be read or written.
 */
export async function fuzz(options: FuzzOptions, world: FuzzWorld): Promise<FuzzOutcome> {
  const { candidate, seed, out, shard } = options;
  const wanted = propertyIds(options.properties);
  const except = propertyIds(options.except ?? [], '--except');
  const without = partIds(options.without ?? []);
  refuseUnwritable(out);
  if (options.corpus !== undefined) refuseUnwritable(options.corpus);
  const before = options.corpus === undefined ? null : readCorpus(options.corpus);
  const contestant = await withGoals(contestantOf(candidate), candidate);
  const goals = contestant.goals?.map(({ name }) => name) ?? [];
  const corpus = before === null ? null : new Corpus(contestant);
  const startedAt = world.nowMs();
  const { budgetMs } = options;
  const sign = stopSign();
  sign.until = budgetMs === undefined ? 0 : epochMs() + budgetMs;
  const stoodThere = new Set(existsSync(out) ? readdirSync(out) : []);
  /** What was found is kept as it is before anybody looks for the shortest scenario. */
  let unshrunk: string | null = null;
  const onFound = (violation: CampaignViolation): (() => boolean) => {
    unshrunk = keptIfPossible(
      out,
      recordOfViolation(violation, { scheduler: candidate.scheduler, seed }),
    ).file;
    world.onFound?.(violation, unshrunk);
    const limitMs = shrinkingMs(candidate, budgetMs, world.nowMs() - startedAt);
    const endsAt = limitMs === null ? Number.POSITIVE_INFINITY : world.nowMs() + limitMs;
    sign.until = limitMs === null ? 0 : epochMs() + limitMs;
    return () => world.nowMs() >= endsAt;
  };
  const elapsedMs = (): number => world.nowMs() - startedAt + 1000 * (farm?.earlierSeconds ?? 0);
  let observer: ObservationFile | null = null;
  let isOver = false;
  const farm = await openFarm(
    options,
    { wanted, except, without, before },
    { say: world.say ?? (() => {}), elapsedSeconds: () => (world.nowMs() - startedAt) / 1000 },
  ).catch((error: unknown) => {
    contestant.close();
    throw error;
  });
  try {
    if (options.observations !== undefined) {
      observer = new ObservationFile(options.observations, propertyText(options, wanted, except));
    }
    const asked = { wanted, except, without };
    const result = await campaign(
      { ...options, ...asked, contestant, elapsedMs, before, collector: corpus, observer, farm, onFound },
      world,
    );
    const isInterrupted = world.interrupted();
    isOver = result.violations.length > 0 || !isInterrupted;
    const kept = await keepCorpus(options.corpus, before, corpus, result, world.interrupted);
    const keeps = result.violations.map((violation) =>
      keptIfPossible(out, recordOfViolation(violation, { scheduler: candidate.scheduler, seed })),
    );
    const found = keeps.map(({ file }) => file);
    let unwritten = keeps.find(({ error }) => error !== null)?.error ?? null;
    if (
      unwritten === null &&
      unshrunk !== null &&
      !found.includes(unshrunk) &&
      !stoodThere.has(basename(unshrunk))
    ) {
      removeFile(unshrunk);
    }
    const summary = summarize(result, {
      scheduler: candidate.scheduler,
      seed,
      seconds: elapsedMs() / 1000,
      properties: judgedProperties(wanted, except),
      asksAll: wanted.length === 0,
      hasTwin: contestant.twin !== undefined,
      files: found,
      interrupted: isInterrupted,
      runsAsked: options.runs,
      budgetMs: options.budgetMs,
      shard,
      goals,
    });
    try {
      if (options.report) writeReport({ ...options, except, goals }, wanted, summary, result, found);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      unwritten ??= error;
    }
    // Last: whoever reads them may have stopped reading.
    unwritten ??= (await observer?.end()) ?? null;
    return { summary, violations: result.violations, corpus: kept, unwritten };
  } catch (error) {
    if (error instanceof BrokenScheduler) {
      isOver = true;
      const limitMs = shrinkingMs(candidate, budgetMs, elapsedMs());
      sign.until = limitMs === null ? 0 : epochMs() + limitMs;
      const endsAt = limitMs === null ? Number.POSITIVE_INFINITY : world.nowMs() + limitMs;
      await keepBroken(out, error, (scenario) =>
        shrinkBroken(scenario, error, contestant, () => world.interrupted() || world.nowMs() >= endsAt),
      );
      // It is of more use than anything else to know what was asked.
      const unobserved = (await observer?.end()) ?? null;
      if (unobserved !== null) error.message += ` (${unobserved.message})`;
    }
    throw error;
  } finally {
    sign.until = 0;
    observer?.discard();
    contestant.close();
    await farm?.close(isOver);
  }
}

/**
 * How long the search for the shortest scenario may take: what is left of the budget, at least a fifth of it; null for as
 * long as it takes, which is bounded by steps, and not by time, so that it comes to the same on any machine.
 */
function shrinkingMs({ exec }: Candidate, budgetMs: number | undefined, elapsedMs: number): number | null {
  if (budgetMs !== undefined) return Math.max(budgetMs - elapsedMs, budgetMs * LEAST_SHARE);
  return exec === undefined ? null : LONGEST_SHRINKING_MS;
}

const LEAST_SHARE = 0.2;

/** A process answers at its own pace: without a budget this is what there is. */
const LONGEST_SHRINKING_MS = 60_000;

const PROGRESS_EVERY_MS = 1000;

/** Runs the campaign itself, in threads where there are several. */
async function campaign(
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
  /** Blocks may take minutes: progress is shown by time, not by blocks. */
  let last: Progress = { runs: 0, steps: 0, shrinking: null, tally: emptyCampaignTally() };
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
