import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { InputError } from '../../model/input-error.ts';
import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import { epochMs } from '../../reference-impl/io/clock.ts';
import { refuseUnwritable, removeFile } from '../../reference-impl/io/files.ts';
import { stopSign } from '../../reference-impl/io/stop-sign.ts';
import type { CampaignViolation } from '../campaign/campaign.ts';
import { type CampaignSummary, judgedProperties, summarize } from '../campaign/summary.ts';
import { type Candidate, contestantOf, withGoals } from '../contestants/contestants.ts';
import { Corpus } from '../corpus/corpus.ts';
import type { CorpusSummary } from '../corpus/corpus-summary.ts';
import { readCorpus } from '../corpus/directory.ts';
import { partIds } from '../parts.ts';
import { propertyIds } from '../property-ids.ts';
import { recordOfViolation } from '../records/from-violation.ts';
import { shrinkBroken } from '../shrinking/shrink-broken.ts';
import { openFarm } from './farming.ts';
import { keepBroken, keptIfPossible } from './keeping.ts';
import { keepCorpus, writeReport } from './leaving.ts';
import { ObservationFile, propertyText } from './observing.ts';
import type { FuzzOptions } from './options.ts';
import { playCampaign } from './played.ts';
import type { FuzzWorld } from './world.ts';

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
    const played = await playCampaign(
      { ...options, ...asked, contestant, elapsedMs, before, collector: corpus, observer, farm, onFound },
      world,
    );
    // What is left is estimated from runs that were drawn independently.
    const sharedCorpus = options.queue?.shares === true;
    const result = sharedCorpus ? { ...played, sightings: null } : played;
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
      sharedCorpus,
    });
    try {
      // Nobody could unite it with others.
      if (options.report && !sharedCorpus)
        writeReport({ ...options, except, goals }, wanted, summary, result, found);
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
