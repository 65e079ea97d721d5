import Table from 'cli-table3';

import type { Configuration, Scenario } from '../../model/configuration.ts';
import { counted } from '../../model/counted.ts';
import { printable } from '../../model/printable.ts';
import { wordsOfStimulus } from '../../model/words.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import { colour } from '../colour.ts';
import { notTriedText } from '../parts.ts';
import { shellPath } from '../shell.ts';
import { commandLines, wrapped } from '../text.ts';
import type { CampaignViolation } from './campaign.ts';
import type { CampaignSummary, LostFinding, PropertyVerdict } from './summary.ts';

/**
 * What a campaign says to people: one table, what was covered, and each violation in words. 80 columns wide.
 *
 * @param flags what names the scheduler on the command line.
 */
export function reportText(
  summary: CampaignSummary,
  violations: readonly CampaignViolation[],
  flags: string,
): string {
  const found = [
    ...violations.map((violation, index) => violationText(violation, summary, index, flags)),
    ...(summary.lost ?? []).map(lostText),
  ];
  return [
    // What was found comes first; what was not reached for it is of little interest then.
    ...found,
    [propertyTable(summary, { folded: found.length > 0 }), ...notShownLines(summary)].join('\n'),
    totals(summary),
    ...discoveryLines(summary),
    ...sharedLines(summary),
    ...notTriedLines(summary),
    conclusion(summary),
  ].join('\n\n');
}

/** @param how.folded without the rows of what was not shown: a line says of how many properties that is so. */
function propertyTable(
  { properties: all }: CampaignSummary,
  { folded }: { readonly folded: boolean },
): string {
  const properties = folded ? all.filter(({ verdict }) => verdict !== 'not shown') : all;
  const table = new Table({
    head: ['property', 'premise met', 'verdict'],
    colWidths: [44, 16, 16],
    colAligns: ['left', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { id, met, verdict } of properties) {
    const { name } = CATALOGUE.find((property) => property.id === id)!;
    table.push([name, met.toLocaleString('en'), paint(verdict)]);
  }
  return table.toString();
}

/** Why what is not shown is not: one line a reason. */
function notShownLines({ properties, verdict }: CampaignSummary): string[] {
  const reasons = new Map<string, PropertyId[]>();
  for (const { id, why } of properties) {
    if (why !== null) reasons.set(why, [...(reasons.get(why) ?? []), id]);
  }
  return [...reasons].flatMap(([why, ids]) => {
    const who = ids.length > FEW_NAMED ? `${ids.length} properties` : ids.join(', ');
    const more =
      verdict === 'violated' || verdict === 'nondeterministic'
        ? '; --property ID... judges others by themselves'
        : '';
    return wrapped(`  ${who}: ${why}${why.startsWith('the campaign ended') ? more : ''}`, undefined, 4);
  });
}

/** Of more properties than this only the number is said. */
const FEW_NAMED = 4;

function paint(verdict: PropertyVerdict): string {
  if (verdict === 'holds') return colour.green(verdict);
  if (verdict === 'violated') return colour.red(verdict);
  return verdict === 'not applicable' ? colour.dim(verdict) : colour.yellow(verdict);
}

function totals({
  runs,
  steps,
  seconds,
  stepsPerSecond,
  coverage,
  scheduler,
  seed,
  verdict,
  shard,
  runsAsked,
}: CampaignSummary): string {
  const { transitions, pairs, guards, rules, boundaries, goals } = coverage;
  const ofRules = [
    ...(guards === null ? [] : [`guard outcomes: ${guards.covered} of ${guards.total}`]),
    ...(rules === null ? [] : [`rules put to the test: ${rules.met} of ${rules.total}`]),
    ...(boundaries === null ? [] : [`boundaries: ${boundaries.covered} of ${boundaries.total}`]),
    ...(goals.total === 0 ? [] : [`goals: ${goals.covered} of ${goals.total}`]),
  ];
  const lines = [
    ...wrapped(
      `${triedText(runs, runsAsked, shard)} of ${printable(scheduler)} from seed ${seed}: ${number(steps)} judged steps in ${seconds.toFixed(1)} s, ${number(stepsPerSecond)} steps/s`,
    ),
    ...wrapped(
      `transitions covered: ${transitions.covered} of ${transitions.total}; pairs of them: ${pairs.covered} of ${pairs.total}${ofRules.map((one) => `; ${one}`).join('')}`,
    ),
  ];
  // A campaign that has found something ended early: what it did not reach is not worth reporting.
  if (verdict === 'violated' || verdict === 'nondeterministic') return lines.join('\n');
  lines.push(
    ...missingLines('taken', transitions.missing),
    ...missingLines('found', guards?.missing ?? []),
    ...missingLines('met', boundaries?.missing ?? []),
    ...missingLines('met', goals.missing),
  );
  return lines.join('\n');
}

/** What was not covered; where it is a lot, as after an early end, some of it and how to see the rest. */
function missingLines(done: string, missing: readonly string[]): string[] {
  const told = missing.length > MOST_MISSING ? missing.slice(0, FEW_MISSING) : missing;
  const others = missing.length - told.length;
  return [
    ...told.flatMap((one) => wrapped(`  never ${done}: ${one}`, undefined, 2)),
    ...(others > 0 ? [`  never ${done}: ${others} more; --json lists all`] : []),
  ];
}

const MOST_MISSING = 6;
const FEW_MISSING = 3;

/** How much was tried, and of how much, where not all of it was. */
function triedText(runs: number, asked: number | null, shard: string | null): string {
  const whole = asked === null || asked === runs ? '' : ` of ${number(asked)}`;
  return `${number(runs)}${whole} runs${shard === null ? '' : ` (shard ${shard})`}`;
}

/** Whoever sees the same command do something else should know why. */
function sharedLines({ sharedCorpus }: CampaignSummary): string[] {
  if (sharedCorpus !== true) return [];
  return [wrapped(SHARED_CORPUS).join('\n')];
}

/** What a report says of runs that went on from what others had met. */
export const SHARED_CORPUS =
  'The corpus was shared: half of the runs went on from what others had met. The same seed need not try the same again, and what the campaign may have missed is not estimated.';

function lostText({ property, reason }: LostFinding): string {
  const what = property === null ? 'something was found' : `${property} is violated`;
  return wrapped(`${what}, as a report says; its counterexample cannot be read: ${printable(reason)}`)
    .map(colour.red)
    .join('\n');
}

function violationText(
  { finding, scenario, run, stepsBeforeShrinking, cutShort, onlyOnce }: CampaignViolation,
  summary: CampaignSummary,
  index: number,
  flags: string,
): string {
  const { file } = summary.violations[index]!;
  const { sentence, premise } = CATALOGUE.find(({ id }) => id === finding.property)!;
  const where = run === 0 ? 'a scenario of the corpus' : `run ${run}`;
  const shortest = onlyOnce
    ? 'The scenario in which it failed'
    : `The shortest scenario found${cutShort ? ' before the search was cut short' : ''}`;
  return [
    ...wrapped(`${finding.property} is violated (${where})`).map(colour.red),
    '',
    '  What should hold:',
    ...wrapped(`    ${sentence}`),
    ...wrapped(`    (Put to the test when ${premise}.)`),
    '',
    ...wrapped(`  ${shortest}, ${counted(scenario.stimuli.length, 'step')} of ${stepsBeforeShrinking}:`),
    ...scenarioWords(scenario).flatMap((line) => wrapped(`  ${line}`, undefined, 2)),
    '',
    `  What went wrong in step ${finding.step}:`,
    ...wrapped(`    ${printable(finding.message)}`),
    ...finding.falls.flatMap(({ property, message }) =>
      wrapped(`    ${property}: ${printable(message)}`, undefined, 2),
    ),
    '',
    `  written to  ${printable(file)}`,
    ...commandLines('  replay with ', `npx xx replay ${shellPath(file)} ${flags}`),
    ...commandLines('  explain it  ', `npx xx explain ${finding.property}`),
  ].join('\n');
}

/** A scenario in words: the cluster, then a line for each stimulus. */
export function scenarioWords({ config, stimuli }: Scenario): string[] {
  const steps = stimuli.map(
    ({ at, stimulus }, index) =>
      `${String(index + 1).padStart(4)}  at ${String(at).padStart(5)} ms  ${wordsOfStimulus(stimulus)}`,
  );
  return [...clusterWords(config), ...steps];
}

/** A cluster in words: its classes, each machine, its shards, the tenants that have a budget. */
export function clusterWords(config: Configuration): string[] {
  const { idle, tenants, without = [] } = config;
  return [
    `classes ${config.classes.map(({ name, price }) => `${printable(name)} at ${price}`).join(', ')}; memory at ${config.memoryPrice}; initial memory ${config.initialMemory} MB`,
    ...config.machines.map(
      ({ cores, ram, swap }, id) =>
        `machine ${id}: ${counted(cores, 'core')}, ${ram} MB RAM, ${swap} MB swap`,
    ),
    `${counted(config.shards, 'shard')}; polls ${counted(config.kMachines, 'machine')} and ${counted(config.kShards, 'list')}; idle lists: enter ${idle.enter}, leave ${idle.leave}, drifts ${idle.memoryDrift} MB and ${counted(idle.functionsDrift, 'function')}; ${counted(config.maxAttempts, 'attempt')}`,
    ...tenants.flatMap(({ budget, period, burstPercent }, id) =>
      budget === null ? [] : [`tenant ${id}: budget ${budget} every ${period} ms, burst ${burstPercent} %`],
    ),
    ...(without.length === 0 ? [] : [`without ${without.join(', ')}`]),
  ];
}

/** What the campaign may have missed. */
function discoveryLines({ discovery, verdict }: CampaignSummary): string[] {
  if (discovery === null || verdict === 'incomplete') return [];
  const { somethingNew, somethingWrong } = discovery;
  const { least, most } = somethingNew;
  const met = `One more run like these would meet something that none has met (a transition, a pair of them, an outcome of a guard, a premise, a side of a boundary) with a probability of ${percent(least)} to ${percent(most)}`;
  const wrong = `It would find something wrong with a probability of at most ${percent(somethingWrong.most)}`;
  const limits =
    'Both are at 95 % confidence, for runs of this size and make only: they say nothing of what such runs cannot show.';
  return [wrapped(`What is left: ${met}. ${wrong}. ${limits}`).join('\n')];
}

/** With two digits that count; never 0, which would promise too much. */
function percent(probability: number): string {
  const value = 100 * probability;
  if (value === 0) return '0 %';
  return `${value >= 1 ? value.toFixed(1) : value.toPrecision(2)} %`;
}

/** The parts of XX that no run had. */
function notTriedLines({ without }: CampaignSummary): string[] {
  const text = notTriedText(without);
  return text === null ? [] : [wrapped(text).join('\n')];
}

function conclusion(summary: CampaignSummary): string {
  const [words, colour] = verdictOf(summary);
  return wrapped(words).map(colour).join('\n');
}

function violatedIds({ properties }: CampaignSummary): string[] {
  return properties.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id);
}

/** What a campaign did not reach: properties, and goals. */
export function notShown({ properties, coverage }: CampaignSummary): string {
  const ids = properties.filter(({ verdict }) => verdict === 'not shown').map(({ id }) => id);
  const { missing } = coverage.goals;
  return [
    ...(ids.length > 0 ? [`not shown: ${ids.join(', ')}`] : []),
    ...(missing.length > 0 ? [`goals never met: ${missing.join(', ')}`] : []),
  ].join('; ');
}

/** What became of a campaign, and in which colour to say it. */
function verdictOf(summary: CampaignSummary): [string, (text: string) => string] {
  const untested = notShown(summary);
  switch (summary.verdict) {
    case 'incomplete':
      return [
        `Nothing found so far, but there is no report of shards ${summary.missingShards.join(', ')}.`,
        colour.yellow,
      ];
    case 'accepted':
      if (summary.shard !== null) {
        return [
          `Nothing found in this shard. \`xx fuzz merge\` says whether the shards together put everything to the test.`,
          colour.green,
        ];
      }
      return [
        `Nothing found: every property ${summary.without.length === 0 ? '' : 'that applies '}held, and each was put to the test.`,
        colour.green,
      ];
    case 'nondeterministic':
      return ['Nondeterministic: a run failed once, and not again.', colour.red];
    case 'violated':
      return [
        `Violated: ${violatedIds(summary).join(', ') || 'a property that no report names'}.`,
        colour.red,
      ];
    case 'interrupted':
      return [
        `Interrupted after ${triedText(summary.runs, summary.runsAsked, null)}, ${number(summary.steps)} steps; nothing found so far.`,
        colour.yellow,
      ];
    case 'untested':
      return [
        untested === ''
          ? 'Nothing found, and nothing shown: no property that was asked for applies to this scheduler.'
          : `Nothing found, but ${untested}. Allow more runs, or another --size.`,
        colour.yellow,
      ];
  }
}

function number(value: number): string {
  return value.toLocaleString('en');
}
