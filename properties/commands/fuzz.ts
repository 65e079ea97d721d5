import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { InputError } from '../../model/input-error.ts';
import { printableJson } from '../../model/printable.ts';
import { BrokenScheduler, StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { nowMs } from '../../reference-impl/io/clock.ts';
import { isSameFile } from '../../reference-impl/io/files.ts';
import { stopSign } from '../../reference-impl/io/stop-sign.ts';
import { SIZES } from '../arbitraries/configuration.ts';
import type { CampaignShard } from '../campaign/campaign.ts';
import { missedThresholds, type Thresholds } from '../campaign/thresholds.ts';
import { candidateOf, flagsOf } from '../contestants/contestants.ts';
import { fuzz } from '../fuzz/fuzz.ts';
import { refuseObservations } from '../fuzz/observing.ts';
import type { FuzzOptions, QueueOptions } from '../fuzz/options.ts';
import { UNWATCHED_ALONE } from '../goals/coverage.ts';
import { propertyIds } from '../property-ids.ts';
import { brokenGithubText } from '../reports/github.ts';
import { brokenJunitText } from '../reports/junit.ts';
import { type Reporter, reportFor } from '../reports/reporter.ts';
import { availableWorkers } from '../workers.ts';
import { afterVerdict } from './after-verdict.ts';
import {
  addCandidateOptions,
  type CandidateFlags,
  type Desk,
  duration,
  EXIT,
  interruptedCode,
  interruptible,
  jsonOption,
  propertyOption,
  wholeNumber,
  withoutOption,
} from './command.ts';
import { declareMerge } from './merge.ts';
import { htmlOption, refuseInOutput, refusePage, removeOldPage, writePageOfFinding } from './page-option.ts';
import { exitCode, minCoverageOption, reporterOption } from './report-options.ts';
import { replayBeside, watchCampaign } from './watching.ts';

const HELP = `
The same --runs and --seed try the same scenarios, with any number of
--workers. So do the n shards of --shard 1/n to n/n together, if none finds
anything; \`xx fuzz merge\` combines their reports. A campaign stops at the
first violation. With --property a run continues whatever else is wrong, and
only a violation of these properties stops it. Exit codes: 0 nothing found,
1 a violation, or a property that was not shown, 2 bad usage or input, 3 the
scheduler broke off, 129, 130 or 143 ended early by a signal.`;

export function declareFuzz(program: Command, desk: Desk): void {
  const command = program
    .command('fuzz')
    .usage('[options]\n       xx fuzz merge [options] <dir...>')
    .enablePositionalOptions();
  addCandidateOptions(command)
    .option('--runs <n>', 'how many runs, in all shards', wholeNumber(1))
    .option(
      '--budget <time>',
      'how long, such as 30s or 5m; with --runs, whichever is reached first',
      duration,
    )
    .option('--seed <n>', 'seed of everything random', wholeNumber(0), 1)
    .addOption(
      new Option('--size <size>', 'how large clusters and scenarios are').choices(SIZES).default('medium'),
    )
    .option('--workers <n>', 'threads (default: one per core)', wholeNumber(1))
    .option('--queue <url>', 'a campaign over many machines: xx worker plays it (docs/farm.md)')
    .option('--resume', 'go on with what is left of the campaign in the queue')
    .option('--no-resume', 'begin anew, whatever is left of it there')
    .option('--share-corpus', 'with --queue: runs go on from what others met first; not repeatable')
    .addOption(
      new Option('--progress <format>', 'how it goes on, as JSON lines on standard error').choices(['jsonl']),
    )
    .option('--shard <i/n>', 'only the i-th of n parts, such as 1/4; writes a report to --out', readShard)
    .addOption(propertyOption())
    .addOption(
      new Option('--except <id...>', 'judge everything but these properties, such as stays-exact').conflicts(
        'property',
      ),
    )
    .addOption(withoutOption())
    .option(
      '--goals <file>',
      'a module that exports goals: conditions that runs should meet, each with a name',
    )
    .addOption(minCoverageOption())
    .option(
      '--corpus <dir>',
      'scenarios that cover something new are kept here, and played before anything else',
    )
    .option(
      '--out <dir>',
      'where counterexamples are written; if given, also a report for `xx fuzz merge`',
      'counterexamples/found',
    )
    .addOption(htmlOption('what was found first; with --queue, of the campaign as it goes on'))
    .option('--observations <file>', 'write a line of JSON for each run, as Tyche and Hypothesis have them')
    .addOption(reporterOption())
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(async (options, itself: Command) => {
      const isNamed = itself.getOptionValueSource('out') !== 'default';
      desk.exit(await run({ ...options, report: isNamed || options.shard !== undefined }, desk));
    });
  declareMerge(command, desk);
}

type Options = Omit<FuzzOptions, 'candidate' | 'budgetMs' | 'properties' | 'workers' | 'queue'> &
  CandidateFlags & {
    workers?: number;
    budget?: number;
    property: string[];
    goals?: string;
    minCoverage?: Thresholds;
    reporter: Reporter;
    json?: boolean;
    html?: string;
    queue?: string;
    resume?: boolean;
    shareCorpus?: boolean;
    progress?: 'jsonl';
  };

async function run(given: Options, { out, err }: Desk): Promise<number> {
  const { scheduler, exec, execTimeout, budget, property, goals, minCoverage, json, html, ...others } = given;
  const { queue, resume, shareCorpus, progress, ...rest } = others;
  refusePage(html);
  if (json || given.reporter !== 'human') refuseInOutput('--html', html, 'the report');
  if (rest.runs === undefined && budget === undefined) {
    throw new InputError('fuzz: say how much to try, with --runs 5000 or --budget 30s');
  }
  if (rest.shard !== undefined && minCoverage !== undefined) {
    throw new InputError('--min-coverage: a shard covers only its part; give it to `xx fuzz merge` instead');
  }
  const unwatched =
    property.length === 0 ? [] : UNWATCHED_ALONE.filter((kind) => minCoverage?.[kind] !== undefined);
  if (unwatched.length > 0) {
    throw new InputError(
      `--min-coverage: with --property nobody watches ${unwatched.join(', ')} of the other rules; ask for transitions, pairs or goals, or leave out --property`,
    );
  }
  refuseBesideQueue(given);
  const candidate = { ...candidateOf(given), ...(goals === undefined ? {} : { goals }) };
  const reporter = json ? 'json' : given.reporter;
  if (html !== undefined && rest.observations !== undefined && isSameFile(html, rest.observations)) {
    throw new InputError(
      `--observations: ${html} would be written over what --html writes; name another file`,
    );
  }
  refuseObservations(rest.observations, reporter === 'json' || reporter === 'junit');
  const options = {
    ...rest,
    candidate,
    workers: rest.workers ?? availableWorkers(),
    properties: property,
    ...(budget === undefined ? {} : { budgetMs: budget }),
    ...(queue === undefined ? {} : { queue: queueOptions(queue, given) }),
  };
  const isLive = queue !== undefined;
  const watch = watchCampaign(
    options,
    { err, jsonl: progress === 'jsonl', page: isLive ? html : undefined },
    ({ runs, steps, elapsedMs, shrinking }) =>
      shrinking === null
        ? `${runs} runs, ${steps} steps judged, ${Math.round((steps / elapsedMs) * 1000)} steps/s, ${Math.round(elapsedMs / 1000)} s${leftText(rest.runs, runs, budget, elapsedMs)}`
        : `run ${runs} violates ${shrinking}: looking for the shortest scenario`,
  );
  const { summary, violations, corpus, unwritten } = await interruptible((interrupted) =>
    fuzz(options, { nowMs, interrupted, ...watch }),
  ).catch(async (error: unknown) => {
    // What reads a report wants one in every case.
    if (error instanceof BrokenScheduler) {
      out.write(brokenText(reporter, candidate.scheduler, error));
      await afterVerdict(EXIT.brokenScheduler, { err }, () => removeOldPage(html, err));
    }
    throw error;
  });
  watch.clear();
  const missed = missedThresholds(summary.coverage, minCoverage ?? {});
  const setAside = corpus?.setAside ?? [];
  const flags = flagsOf(candidate);
  const reported = { summary, violations, corpus, missed, setAside, flags };
  out.write(`${reportFor(reporter, reported)}\n`);
  for (const { reason } of setAside) err.write(`xx: set aside: ${reason}\n`);
  for (const sentence of missed) err.write(`xx: ${sentence}\n`);
  if (unwritten !== null) err.write(`xx: ${unwritten.message}\n`);
  const isSignalled = stopSign().signal !== 0;
  const isCut = isSignalled && violations.some(({ cutShort }) => cutShort);
  const code = isCut ? interruptedCode() : exitCode(summary, missed);
  if (unwritten !== null) {
    if (code !== EXIT.accepted) return code;
    return isSignalled ? interruptedCode() : EXIT.badInput;
  }
  const found = summary.violations[0]?.file;
  return afterVerdict(code, { err }, async () => {
    const page = html === undefined || !isLive ? html : replayBeside(html);
    const isReplayed = !isLive || found !== undefined;
    if (isReplayed) await writePageOfFinding(page, found, candidate, propertyIds(property), { err });
    const unseen = watch.end(
      summary,
      reportFor('human', reported),
      isReplayed && page !== undefined ? basename(page) : null,
    );
    if (unseen !== null) throw unseen;
  });
}

function queueOptions(url: string, { resume, shareCorpus = false }: Options): QueueOptions {
  return { url, shares: shareCorpus, ...(resume === undefined ? {} : { resume }) };
}

/** Refuses what has no meaning in a campaign over many machines. */
function refuseBesideQueue(given: Options): void {
  const { queue, resume, shareCorpus, workers, shard, observations } = given;
  if (queue === undefined) {
    if (shareCorpus) {
      throw new InputError(
        '--share-corpus: shares among workers of a queue; name it with --queue, or leave it out',
      );
    }
    if (resume === undefined) return;
    throw new InputError(
      `--${resume ? '' : 'no-'}resume: goes on with a campaign in a queue; name it with --queue`,
    );
  }
  if (workers !== undefined) {
    throw new InputError(
      '--workers: with --queue others play; give --workers to `xx worker`, on each machine',
    );
  }
  if (shard !== undefined) {
    throw new InputError('--shard: a queue shares the blocks out by itself; leave out --shard or --queue');
  }
  if (observations !== undefined) {
    throw new InputError('--observations: lines of runs stay on the machine that plays; leave out --queue');
  }
}

/** How much of what was asked for is left. */
function leftText(
  asked: number | undefined,
  runs: number,
  budgetMs: number | undefined,
  elapsedMs: number,
): string {
  const left = [
    ...(asked === undefined ? [] : [`${Math.max(0, asked - runs)} runs`]),
    ...(budgetMs === undefined ? [] : [`${Math.max(0, Math.ceil((budgetMs - elapsedMs) / 1000))} s`]),
  ];
  return left.length === 0 ? '' : `; ${left.join(' or ')} left`;
}

function brokenText(reporter: Reporter, scheduler: string, error: BrokenScheduler): string {
  if (error instanceof StoppedWaiting) return '';
  const { message, run, scenario, file } = error;
  if (reporter === 'json') {
    const step = scenario?.stimuli.length ?? null;
    return `${printableJson({ scheduler, verdict: 'broken', message, run, step, file })}\n`;
  }
  if (reporter === 'junit') return `${brokenJunitText(scheduler, message)}\n`;
  return reporter === 'github' ? `${brokenGithubText(message)}\n` : '';
}

function readShard(text: string): CampaignShard {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index >= 1 && shard.index <= shard.of) return shard;
  throw new InvalidArgumentError('Expected i/n with i from 1 to n, such as 1/4.');
}
