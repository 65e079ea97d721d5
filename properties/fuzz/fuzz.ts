import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Scenario } from '../../model/configuration.ts';
import { counted } from '../../model/counted.ts';
import { scenarioText } from '../../model/format/write.ts';
import { InputError } from '../../model/input-error.ts';
import { printable } from '../../model/printable.ts';
import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import { epochMs } from '../../reference-impl/io/clock.ts';
import { refuseUnwritable, removeFile, writeWhole } from '../../reference-impl/io/files.ts';
import { stopSign } from '../../reference-impl/io/stop-sign.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { BLOCK, type BlockResult } from '../campaign/block.ts';
import {
  type CampaignResult,
  type CampaignShard,
  type CampaignViolation,
  type Progress,
  runCampaign,
} from '../campaign/campaign.ts';
import { fingerprintOf } from '../campaign/fingerprint.ts';
import { type CampaignSummary, judgedProperties, summarize } from '../campaign/summary.ts';
import type { PropertyId } from '../catalogue.ts';
import { type Candidate, contestantOf, withGoals } from '../contestants/contestants.ts';
import { Corpus } from '../corpus/corpus.ts';
import type { CorpusSummary } from '../corpus/corpus-summary.ts';
import { type CorpusDirectory, readCorpus, writeCorpus } from '../corpus/directory.ts';
import { askedOf } from '../play/asked.ts';
import type { Contestant } from '../play/contestant.ts';
import { propertyIds } from '../property-ids.ts';
import { recordOfViolation } from '../records/from-violation.ts';
import { keepRecord } from '../records/keep.ts';
import type { CounterexampleRecord } from '../records/record.ts';
import {
  type CampaignReport,
  countsOf,
  fileOfReport,
  identityOf,
  reportFileText,
} from '../reports/report-file.ts';
import { shrinkBroken } from '../shrinking/shrink-broken.ts';
import { startWorkers } from '../workers.ts';
import type { WorkerTask } from './worker.ts';

/** What `xx fuzz` was asked for. */
export interface FuzzOptions {
  readonly candidate: Candidate;
  /** One of the two is enough; whichever is reached first ends the campaign. */
  readonly runs?: number;
  readonly budgetMs?: number;
  readonly seed: number;
  readonly size: Size;
  /** Threads that run blocks; the result is the same whatever their number. */
  readonly workers: number;
  /** Ids of properties; all when empty. */
  readonly properties: readonly string[];
  /** Ids of properties that are left out of everything; none unless given. */
  readonly without?: readonly string[];
  /** Where counterexamples are written. */
  readonly out: string;
  /** Which part of the campaign to run; by default all of it. */
  readonly shard?: CampaignShard;
  /** Whether to write a report beside the counterexamples, as `xx fuzz merge` wants it. */
  readonly report: boolean;
  /** Where scenarios are kept that cover something that the others do not. */
  readonly corpus?: string;
}

/** The world outside a campaign. */
export interface FuzzWorld {
  /** A clock that never goes back, in ms. */
  readonly nowMs: () => number;
  /** Whether the campaign should stop. */
  readonly interrupted: () => boolean;
  readonly onProgress: (progress: Progress & { elapsedMs: number }) => void;
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
  const without = propertyIds(options.without ?? [], '--without');
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
    const limitMs = shrinkingMs(candidate, budgetMs, world.nowMs() - startedAt);
    const endsAt = limitMs === null ? Number.POSITIVE_INFINITY : world.nowMs() + limitMs;
    sign.until = limitMs === null ? 0 : epochMs() + limitMs;
    return () => world.nowMs() >= endsAt;
  };
  const elapsedMs = (): number => world.nowMs() - startedAt;
  try {
    const result = await campaign(
      { ...options, wanted, without, contestant, elapsedMs, before, collector: corpus, onFound },
      world,
    );
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
      properties: judgedProperties(wanted, without),
      asksAll: wanted.length === 0,
      hasTwin: contestant.twin !== undefined,
      files: found,
      interrupted: world.interrupted(),
      runsAsked: options.runs,
      budgetMs: options.budgetMs,
      shard,
      goals,
    });
    try {
      if (options.report) writeReport({ ...options, without, goals }, wanted, summary, result, found);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      unwritten ??= error;
    }
    return { summary, violations: result.violations, corpus: kept, unwritten };
  } catch (error) {
    if (error instanceof BrokenScheduler) {
      const limitMs = shrinkingMs(candidate, budgetMs, elapsedMs());
      sign.until = limitMs === null ? 0 : epochMs() + limitMs;
      const endsAt = limitMs === null ? Number.POSITIVE_INFINITY : world.nowMs() + limitMs;
      await keepBroken(out, error, (scenario) =>
        shrinkBroken(scenario, error, contestant, () => world.interrupted() || world.nowMs() >= endsAt),
      );
    }
    throw error;
  } finally {
    sign.until = 0;
    contestant.close();
  }
}

/** Keeps a record where that can be; the verdict does not wait for it. */
function keptIfPossible(
  out: string,
  record: CounterexampleRecord,
): { file: string; error: InputError | null } {
  try {
    return { file: keepRecord(out, record), error: null };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { file: join(out, `${record.property}-${record.fingerprint}.json`), error };
  }
}

/**
 * Keeps what a scheduler was asked until it broke, as a scenario to be played again, and says so: at once, and then as
 * short as it can be made.
 */
async function keepBroken(
  out: string,
  error: BrokenScheduler,
  shortened: (scenario: Scenario) => Promise<Scenario>,
): Promise<void> {
  const { scenario, run } = error;
  if (scenario === null) return;
  const { length } = scenario.stimuli;
  const which = run === 0 ? 'a scenario of the corpus' : `run ${run}`;
  const fileOf = (kept: Scenario): string =>
    join(out, `broken-${fingerprintOf('contract', kept)}.scenario.jsonl`);
  try {
    const first = fileOf(scenario);
    const stoodThere = existsSync(first);
    writeWhole(first, scenarioText(scenario));
    const short = await shortened(scenario);
    error.scenario = short;
    error.file = fileOf(short);
    writeWhole(error.file, scenarioText(short));
    if (error.file !== first && !stoodThere) removeFile(first);
    const steps = short.stimuli.length;
    const of = steps === length ? '' : ` of ${length}`;
    error.message += ` (${which}, ${counted(steps, 'step')}${of}, written to ${printable(error.file)})`;
  } catch (problem) {
    if (!(problem instanceof InputError)) throw problem;
    error.message += ` (${which}, ${counted(length, 'step')}, not written: ${problem.message})`;
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
    without: readonly PropertyId[];
    contestant: Contestant;
    elapsedMs: () => number;
    before: CorpusDirectory | null;
    collector: Corpus | null;
    onFound: (violation: CampaignViolation) => () => boolean;
  },
  world: FuzzWorld,
): Promise<CampaignResult> {
  const { candidate, contestant, seed, size, shard, runs, budgetMs, wanted, without, elapsedMs } = options;
  const { before, collector, onFound } = options;
  const workers =
    // Whoever plays a process waits for it, and this thread has progress to show.
    options.workers > 1 || candidate.exec !== undefined
      ? startWorkers<WorkerTask, BlockResult>('fuzz/worker', options.workers)
      : null;
  /** Blocks may take minutes: progress is shown by time, not by blocks. */
  let last: Progress = { runs: 0, steps: 0, shrinking: null };
  const clock = setInterval(() => {
    if (last.shrinking === null) world.onProgress({ ...last, elapsedMs: elapsedMs() });
  }, PROGRESS_EVERY_MS);
  try {
    return await runCampaign({
      contestant,
      seed,
      size,
      properties: wanted,
      without,
      wanted(begun) {
        if (world.interrupted()) return 0;
        if (budgetMs !== undefined && elapsedMs() >= budgetMs) return 0;
        return runs === undefined ? BLOCK : runs - begun;
      },
      interrupted: world.interrupted,
      onFound,
      onProgress(progress) {
        last = progress;
        world.onProgress({ ...progress, elapsedMs: elapsedMs() });
      },
      ...(shard === undefined ? {} : { shard }),
      ...(before === null || collector === null
        ? {}
        : {
            first: () => collector.replay([...before.scenarios.values()], askedOf(wanted, without)),
            explorer: collector,
          }),
      ...(workers === null
        ? {}
        : {
            elsewhere: {
              parallel: workers.parallel,
              run: (task) => workers.run({ candidate, task }),
            },
          }),
    });
  } finally {
    clearInterval(clock);
    await workers?.destroy();
  }
}

function writeReport(
  {
    candidate,
    seed,
    size,
    runs,
    out,
    shard = { index: 1, of: 1 },
    goals,
    without,
  }: FuzzOptions & { goals: readonly string[]; without: readonly PropertyId[] },
  properties: readonly PropertyId[],
  summary: CampaignSummary,
  { tally }: CampaignResult,
  found: readonly string[],
): void {
  const report: CampaignReport = {
    campaign: identityOf({
      scheduler: candidate.scheduler,
      seed,
      size,
      properties,
      without,
      goals,
      runsAsked: runs ?? null,
      of: shard.of,
    }),
    parts: [
      {
        shard: shard.index,
        runs: summary.runs,
        steps: summary.steps,
        seconds: summary.seconds,
        interrupted: summary.verdict === 'interrupted',
        endedEarly: tally.endedEarly,
        counts: countsOf(tally),
        found: found.map((file) => basename(file)),
      },
    ],
  };
  writeWhole(fileOfReport(out, report), reportFileText(report));
}

/** Writes the corpus; a campaign that has found something ended early, and leaves it as it was. */
async function keepCorpus(
  directory: string | undefined,
  before: CorpusDirectory | null,
  corpus: Corpus | null,
  { violations }: CampaignResult,
  interrupted: () => boolean,
): Promise<CorpusSummary | null> {
  if (directory === undefined || before === null || corpus === null) return null;
  const { scenarios, setAside } = before;
  const replayed = scenarios.size;
  if (violations.length > 0) return { directory, replayed, added: 0, kept: replayed, setAside };
  if (!interrupted()) await corpus.minimise(interrupted);
  writeCorpus(
    directory,
    corpus.entries.map(({ scenario }) => scenario),
    before,
  );
  return { directory, replayed, added: corpus.added, kept: corpus.entries.length, setAside };
}
