import { type Command, Option } from 'commander';
import { InputError } from '../../model/input-error.ts';
import { progressLine } from '../../reference-impl/process/output.ts';
import { SIZES } from '../arbitraries/configuration.ts';
import { reportText } from '../campaign/report.ts';
import type { CampaignSummary } from '../campaign/summary.ts';
import { missedThresholds, readThresholds, type Thresholds } from '../campaign/thresholds.ts';
import { candidateOf, flagsOf } from '../contestants.ts';
import { type FuzzOptions, fuzz } from '../fuzz.ts';
import { availableWorkers } from '../workers.ts';
import {
  addCandidateOptions,
  type CandidateFlags,
  type Desk,
  duration,
  EXIT,
  interruptible,
  jsonOption,
  wholeNumber,
} from './command.ts';

export function declareFuzz(program: Command, desk: Desk): void {
  const command = program
    .command('fuzz')
    .description('Runs a campaign of generated scenarios, every step judged.');
  addCandidateOptions(command)
    .option('--runs <n>', 'how many runs', wholeNumber(1))
    .option(
      '--budget <time>',
      'how long, such as 30s or 5m; with --runs, whichever is reached first',
      duration,
    )
    .option('--seed <n>', 'seed of everything that is drawn', wholeNumber(0), 1)
    .addOption(
      new Option('--size <size>', 'how large clusters and scenarios are').choices(SIZES).default('medium'),
    )
    .option('--workers <n>', 'threads; as many as there are cores, unless given', wholeNumber(1))
    .option('--property <id...>', 'only these properties count', [])
    .option(
      '--min-coverage <list>',
      'percent that must be covered, such as transitions=100,pairs=75,guards=100,rules=100',
      readThresholds,
    )
    .option('--out <dir>', 'where counterexamples are written', 'counterexamples/found')
    .addOption(jsonOption())
    .action(async (options) => desk.exit(await run(options, desk)));
}

type Options = Omit<FuzzOptions, 'candidate' | 'budgetMs' | 'properties' | 'workers'> &
  CandidateFlags & {
    workers?: number;
    budget?: number;
    property: string[];
    minCoverage?: Thresholds;
    json?: boolean;
  };

async function run(
  { budget, property, minCoverage, json, workers = availableWorkers(), ...flags }: Options,
  { out, err }: Desk,
): Promise<number> {
  const { scheduler, exec, execTimeout, ...rest } = flags;
  const candidate = candidateOf(flags);
  if (rest.runs === undefined && budget === undefined) {
    throw new InputError('fuzz: say how much to try, with --runs 5000 or --budget 30s');
  }
  const line = progressLine(err);
  const options = {
    ...rest,
    candidate,
    workers,
    properties: property,
    ...(budget === undefined ? {} : { budgetMs: budget }),
  };
  const { summary, violations } = await interruptible((interrupted) =>
    fuzz(options, {
      nowMs: () => performance.now(),
      interrupted,
      onProgress: ({ runs, steps, elapsedMs, shrinking }) =>
        line.show(
          shrinking === null
            ? `${runs} runs, ${steps} steps judged, ${Math.round((steps / elapsedMs) * 1000)} steps/s, ${Math.round(elapsedMs / 1000)} s`
            : `run ${runs} violates ${shrinking}: looking for the shortest scenario`,
        ),
    }),
  );
  line.clear();
  out.write(`${json ? JSON.stringify(summary) : reportText(summary, violations, flagsOf(candidate))}\n`);
  const missed = missedThresholds(summary.coverage, minCoverage ?? {});
  for (const sentence of missed) err.write(`xx: ${sentence}\n`);
  return missed.length > 0 && summary.verdict === 'accepted' ? EXIT.violation : exitCode(summary);
}

/** A property that was never put to the test fails a campaign: it has shown nothing. */
function exitCode({ verdict }: CampaignSummary): number {
  if (verdict === 'accepted') return EXIT.accepted;
  return verdict === 'interrupted' ? EXIT.interrupted : EXIT.violation;
}
