import type { Command } from 'commander';
import { InputError } from '../../model/input-error.ts';
import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import { inFile } from '../../reference-impl/process/files.ts';
import type { Finding } from '../checkers/checker.ts';
import { candidateOf, contestantOf } from '../contestants.ts';
import type { SetAside } from '../records/collect.ts';
import { load, type Playable } from '../replay/load.ts';
import { type Frame, replay } from '../replay/play.ts';
import { findingText, frameText } from '../replay/show.ts';
import { wrapped } from '../text.ts';
import {
  addCandidateOptions,
  type CandidateFlags,
  type Desk,
  EXIT,
  jsonOption,
  wholeNumber,
} from './command.ts';

const HELP = `
Exit codes: 1 when every file still fails in the same way; 4 when one no
longer does; otherwise 2 when one was set aside, since it could not be read; 3
when the scheduler broke off. A file is never passed over without a word.`;

export function declareReplay(program: Command, desk: Desk): void {
  const command = program
    .command('replay')
    .description('Plays counterexamples again, step by step, and says whether they still fail.')
    .argument('<file...>', 'counterexamples, scenarios, traces, or directories of them');
  addCandidateOptions(command)
    .option('--from <n>', 'the first step to show, counted from 1', wholeNumber(1), 1)
    .option('--to <n>', 'the last step to show', wholeNumber(1))
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(async (files, options) => desk.exit(await run(files, options, desk)));
}

type Options = CandidateFlags & { from: number; to?: number; json?: boolean };

interface Result {
  file: string;
  reproduced: boolean;
  rule: string | null;
  step: number | null;
}

async function run(paths: string[], options: Options, { out, err }: Desk): Promise<number> {
  const candidate = candidateOf(options);
  const contestant = contestantOf(candidate);
  const { playables, setAside } = await load(paths);
  const results: Result[] = [];
  try {
    for (const playable of playables) {
      const lines: string[] = [];
      const finding = attempt(playable, setAside, () =>
        replay(playable, contestant, (frame) => {
          if (isShown(frame, options)) lines.push(...frameText(frame));
        }),
      );
      if (finding === undefined) continue;
      results.push(resultOf(playable, finding));
      if (options.json) continue;
      lines.push(...conclusion(playable, finding, candidate.scheduler));
      out.write(`${playable.file}\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n`);
    }
  } finally {
    contestant.close();
  }
  if (options.json)
    out.write(`${JSON.stringify({ results, ...(setAside.length > 0 ? { setAside } : {}) })}\n`);
  for (const { reason } of setAside) err.write(`xx: set aside: ${reason}\n`);
  if (playables.length === 0 && setAside.length === 0) {
    throw new InputError(
      `${paths.join(', ')}: no counterexample (*.json) and no scenario (*.scenario.jsonl) there`,
    );
  }
  return exitCode(results, setAside);
}

/** What is wrong with a file that can be played; undefined when it was set aside after all. */
function attempt(
  { file }: Playable,
  setAside: SetAside[],
  play: () => Finding | null,
): Finding | null | undefined {
  try {
    return play();
  } catch (error) {
    if (error instanceof BrokenScheduler)
      throw new BrokenScheduler(`${file}: ${error.message}`, { cause: error });
    if (!(error instanceof InputError)) throw error;
    setAside.push({ file, reason: inFile(file, error).message });
    return undefined;
  }
}

function isShown({ step }: Frame, { from, to = Number.POSITIVE_INFINITY, json }: Options): boolean {
  return !json && step >= from && step <= to;
}

function resultOf({ file, record }: Playable, finding: Finding | null): Result {
  return {
    file,
    reproduced: finding !== null && (record === null || record.property === finding.property),
    rule: finding === null ? null : (finding.rule ?? finding.property),
    step: finding?.step ?? null,
  };
}

function conclusion({ record }: Playable, finding: Finding | null, scheduler: string): string[] {
  if (finding === null) {
    const what = record === null ? 'this' : `the violation of ${record.property}`;
    return wrapped(
      `no longer reproduces: ${what} no longer ${record === null ? 'fails' : 'happens'} with ${scheduler}`,
      78,
    );
  }
  const text = findingText(finding);
  if (record === null || record.property === finding.property) return text;
  return [
    ...text,
    '',
    ...wrapped(`no longer reproduces: recorded was a violation of ${record.property}`, 78),
  ];
}

function exitCode(results: readonly Result[], setAside: readonly SetAside[]): number {
  if (results.some(({ reproduced }) => !reproduced)) return EXIT.noLongerFails;
  return setAside.length > 0 ? EXIT.badInput : EXIT.violation;
}
