import type { Command } from 'commander';
import { RULE_IDS } from '../../model/rules/rule-set.ts';
import type { CampaignViolation } from '../campaign/campaign.ts';
import { judgedProperties, summarize } from '../campaign/summary.ts';
import { missedThresholds, type Thresholds } from '../campaign/thresholds.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import { flagsOfName, hasTwin } from '../contestants/contestants.ts';
import { type CounterexampleRecord, isOfExploration } from '../records/record.ts';
import { type Merged, mergeReports } from '../reports/merge.ts';
import { sightingsOf, tallyOf } from '../reports/report-file.ts';
import { type Reporter, reportFor } from '../reports/reporter.ts';
import { type Desk, jsonOption } from './command.ts';
import { exitCode, minCoverageOption, reporterOption } from './report-options.ts';

const HELP = `
Merging the same directory again, or a merge with its parts, changes nothing.
Reports of different seeds, schedulers, sizes or versions are refused, since
their figures do not add up. Exit codes as for \`xx fuzz\`; 1 also when the
report of a shard is missing.`;

export function declareMerge(fuzz: Command, desk: Desk): void {
  fuzz
    .command('merge')
    .description('Merges the reports, coverage and counterexamples of the shards of a campaign.')
    .argument('<dir...>', 'the --out directories of the shards, or of an earlier merge')
    .option(
      '--out <dir>',
      'where the merged report and all counterexamples are written',
      'counterexamples/found',
    )
    .addOption(minCoverageOption())
    .addOption(reporterOption())
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action((directories, options) => desk.exit(merge(directories, options, desk)));
}

interface Options {
  out: string;
  minCoverage?: Thresholds;
  reporter: Reporter;
  json?: boolean;
}

function merge(
  directories: string[],
  { out: directory, minCoverage = {}, reporter, json }: Options,
  { out, err }: Desk,
): number {
  const merged = mergeReports(directories, directory);
  const violations = merged.records.map(({ item }) => violationOf(item));
  const summary = summaryOf(merged, violations);
  const missed = missedThresholds(summary.coverage, minCoverage);
  const { setAside } = merged;
  const flags = flagsOfName(summary.scheduler);
  const reported = { summary, violations, corpus: null, missed, setAside, flags };
  out.write(`${reportFor(json ? 'json' : reporter, reported)}\n`);
  for (const { reason } of setAside) err.write(`xx: set aside: ${reason}\n`);
  for (const sentence of missed) err.write(`xx: ${sentence}\n`);
  return exitCode(summary, missed);
}

function summaryOf({ report, missing, records, lost }: Merged, violations: readonly CampaignViolation[]) {
  const { campaign, parts } = report;
  const known = (ids: readonly string[]): PropertyId[] =>
    CATALOGUE.filter(({ id }) => ids.includes(id)).map(({ id }) => id);
  const properties = known(campaign.properties);
  const except = known(campaign.except ?? []);
  const sum = (of: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return summarize(
    {
      runs: sum(({ runs }) => runs),
      tally: tallyOf(parts),
      sightings: sightingsOf(parts),
      violations,
      without: campaign.without ?? [],
    },
    {
      scheduler: campaign.scheduler,
      seed: campaign.seed,
      seconds: sum(({ seconds }) => seconds),
      properties: judgedProperties(properties, except),
      asksAll: properties.length === 0,
      hasTwin: hasTwin(campaign.scheduler),
      files: records.map(({ file }) => file),
      interrupted: parts.some(({ interrupted }) => interrupted),
      runsAsked: campaign.runsAsked ?? undefined,
      missingShards: missing,
      lost,
      goals: campaign.goals,
    },
  );
}

function violationOf({
  property,
  step,
  entity,
  message,
  rule,
  alone,
  onlyOnce,
  falls = [],
  scenario,
  origin,
}: CounterexampleRecord): CampaignViolation {
  const known = RULE_IDS.find((id) => id === rule) ?? null;
  return {
    finding: {
      ...{ property, rule: known, step, entity, message },
      falls: falls.map((fallen) => ({ property: fallen, entity, message })),
    },
    scenario,
    // A smaller one that an exploration found may stand under the same name by now.
    run: isOfExploration(origin) ? 0 : origin.run,
    stepsBeforeShrinking: isOfExploration(origin) ? scenario.stimuli.length : origin.stepsBeforeShrinking,
    alone: alone === true,
    cutShort: false,
    ...(onlyOnce === undefined ? {} : { onlyOnce }),
  };
}
