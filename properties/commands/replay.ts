import type { Command } from 'commander';
import type { TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import { createScenarioReader } from '../../model/format/lines.ts';
import { wordsOfDecision, wordsOfStimulus } from '../../model/render/words.ts';
import { emptyCampaignTally, Referee } from '../campaign/referee.ts';
import { playScenario } from '../campaign/run.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { contestantOf } from '../contestants.ts';
import { type Desk, EXIT, jsonOption, schedulerOption, wholeNumber } from './command.ts';
import { eachItem } from './traces.ts';

/** Properties that are judged when a whole run is over. */
const OF_WHOLE_RUNS: readonly PropertyId[] = [
  'everything-drains',
  'pages-in-parts',
  'refuses-alike',
  'immer-equals-direct',
  'determinism',
];

export function declareReplay(program: Command, desk: Desk): void {
  program
    .command('replay')
    .description('Plays counterexamples again, step by step, and says whether they still fail.')
    .argument('<file...>', 'scenarios')
    .addOption(schedulerOption())
    .option('--from <n>', 'the first step to show, counted from 1', wholeNumber(1), 1)
    .option('--to <n>', 'the last step to show', wholeNumber(1), Number.MAX_SAFE_INTEGER)
    .addOption(jsonOption())
    .action(async (files, options) => desk.exit(await replay(files, options, desk)));
}

interface ReplayOptions {
  scheduler: string;
  from: number;
  to: number;
  json?: boolean;
}

async function replay(files: string[], options: ReplayOptions, { out }: Desk): Promise<number> {
  const results: { file: string; reproduced: boolean; rule: string | null; step: number | null }[] = [];
  for (const file of files) {
    const lines: string[] = [];
    const finding = await replayFile(file, options, (line) => lines.push(line));
    results.push({
      file,
      reproduced: finding !== null,
      rule: finding === null ? null : (finding.rule ?? finding.property),
      step: finding?.step ?? null,
    });
    if (options.json) continue;
    lines.push(finding?.message ?? `nothing is wrong: this no longer fails with ${options.scheduler}`);
    out.write(`${file}\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
  }
  if (options.json) out.write(`${JSON.stringify({ results })}\n`);
  return results.every(({ reproduced }) => reproduced) ? EXIT.violation : EXIT.noLongerFails;
}

/** Plays a file step by step; then, if no step was wrong, puts the properties of whole runs to the test. */
async function replayFile(
  file: string,
  { scheduler, from, to }: ReplayOptions,
  say: (line: string) => void,
): Promise<Finding | null> {
  const contestant = contestantOf(scheduler);
  const stimuli: TimedStimulus[] = [];
  let config: Configuration | undefined;
  let referee: Referee | undefined;
  let finding: Finding | null = null;
  await eachItem(file, createScenarioReader({ acceptTrace: true }), {
    begin(configuration) {
      config = configuration;
      referee = new Referee(configuration, contestant.scheduler, emptyCampaignTally());
    },
    take({ at, stimulus }) {
      stimuli.push({ at, stimulus });
      finding = referee!.play(at, stimulus);
      const step = stimuli.length;
      if (step >= from && step <= to) {
        say(`step ${step}, at ${at} ms: ${wordsOfStimulus(stimulus)}`);
        for (const decision of referee!.lastDecisions) say(`  ${wordsOfDecision(decision)}`);
      }
      return finding === null ? undefined : 'stop';
    },
  });
  if (finding !== null || config === undefined) return finding;
  const scenario: Scenario = { config, stimuli };
  for (const property of OF_WHOLE_RUNS) {
    const run = playScenario(scenario, contestant, emptyCampaignTally(), property);
    if (run.finding !== null) return run.finding;
  }
  return null;
}
