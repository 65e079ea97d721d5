import type { Command } from 'commander';
import { InputError } from '../../model/input-error.ts';
import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import { inFile } from '../../reference-impl/io/files.ts';
import type { Finding } from '../checkers/checker.ts';
import { candidateOf, contestantOf } from '../contestants/contestants.ts';
import { propertyIds } from '../property-ids.ts';
import type { SetAside } from '../records/collect.ts';
import { type Exports, exportsAny, refuseExports, writeExports } from '../replay/exports/exports.ts';
import { load, type Playable } from '../replay/load.ts';
import { Camera } from '../replay/moment.ts';
import { type Frame, replay } from '../replay/play.ts';
import { findingText, frameText } from '../replay/show.ts';
import { COLUMNS, wrapped } from '../text.ts';
import {
  addCandidateOptions,
  type CandidateFlags,
  type Desk,
  EXIT,
  jsonOption,
  propertyOption,
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
    .addOption(propertyOption())
    .option('--from <n>', 'the first step to show, counted from 1', wholeNumber(1), 1)
    .option('--to <n>', 'the last step to show', wholeNumber(1))
    .option('--html <file>', 'write a page to step through; of one file')
    .option('--perfetto <file>', 'write a trace for ui.perfetto.dev; of one file')
    .option('--itf <file>', 'write the states for viewers of TLA+ and Quint traces; of one file')
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(async (files, options) => desk.exit(await run(files, options, desk)));
}

type Options = CandidateFlags & Exports & { from: number; to?: number; json?: boolean; property: string[] };

interface Result {
  file: string;
  reproduced: boolean;
  rule: string | null;
  step: number | null;
  /** The step that a record names, where it fails in another now. */
  recordedStep?: number;
}

async function run(paths: string[], options: Options, { out, err }: Desk): Promise<number> {
  const properties = propertyIds(options.property);
  const candidate = candidateOf(options);
  const contestant = contestantOf(candidate);
  const loaded = await load(paths);
  const { playables, setAside } = loaded;
  refuseRange(options, playables);
  refuseExports(options, loaded);
  const results: Result[] = [];
  try {
    for (const playable of playables) {
      const lines: string[] = [];
      const camera = exportsAny(options) ? new Camera() : null;
      let steps = 0;
      const finding = attempt(playable, setAside, () =>
        replay(
          playable,
          contestant,
          (frame) => {
            steps = frame.step;
            camera?.take(frame);
            if (isShown(frame, options)) lines.push(...frameText(frame));
          },
          properties,
        ),
      );
      if (finding === undefined) continue;
      results.push(resultOf(playable, finding));
      const { scheduler } = candidate;
      const { file, scenario } = playable;
      const written =
        camera === null
          ? []
          : writeExports(options, {
              file,
              scheduler,
              config: scenario.config,
              moments: camera.moments,
              finding,
            });
      if (options.json) continue;
      if (steps < options.from)
        lines.push(`nothing to show from step ${options.from} on: it ends with step ${steps}`);
      lines.push(...conclusion(playable, finding, scheduler), ...written);
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

/** @throws InputError when no file has the steps that are to be shown. */
function refuseRange({ from, to }: Options, playables: readonly Playable[]): void {
  if (to !== undefined && to < from) {
    throw new InputError(`--from: expected at most --to (${to}), got ${from}`);
  }
  const most = Math.max(...playables.map(({ scenario }) => scenario.stimuli.length));
  if (playables.length === 0 || from <= most) return;
  const which = playables.length === 1 ? playables[0]!.file : 'the longest of the files';
  throw new InputError(`--from: ${which} ends with step ${most}, so there is no step ${from} to show`);
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

function resultOf(playable: Playable, finding: Finding | null): Result {
  const recordedStep = otherStepOf(playable, finding);
  return {
    file: playable.file,
    reproduced: failsAsRecorded(playable, finding),
    rule: finding === null ? null : (finding.rule ?? finding.property),
    step: finding?.step ?? null,
    ...(recordedStep === null ? {} : { recordedStep }),
  };
}

function failsAsRecorded({ record }: Playable, finding: Finding | null): boolean {
  return finding !== null && (record === null || record.property === finding.property);
}

/** The step that was recorded, where the same property fails in another; null otherwise. */
function otherStepOf(playable: Playable, finding: Finding | null): number | null {
  const { record } = playable;
  if (record === null || finding === null || !failsAsRecorded(playable, finding)) return null;
  return record.step === finding.step ? null : record.step;
}

function conclusion(playable: Playable, finding: Finding | null, scheduler: string): string[] {
  const { record } = playable;
  const said = (words: string): string[] => wrapped(words, COLUMNS - 2);
  if (finding === null) {
    const what = record === null ? 'this' : `the violation of ${record.property}`;
    return said(
      `no longer reproduces: ${what} no longer ${record === null ? 'fails' : 'happens'} with ${scheduler}${otherThan(scheduler, record)}`,
    );
  }
  const text = findingText(finding);
  if (!failsAsRecorded(playable, finding)) {
    return [...text, '', ...said(`no longer reproduces: recorded was a violation of ${record!.property}`)];
  }
  const step = otherStepOf(playable, finding);
  if (step === null) return text;
  return [
    ...text,
    '',
    ...said(`the record says that it fails in step ${step}; it fails in step ${finding.step} now`),
  ];
}

/** Whom a record speaks of, if it is somebody else. */
function otherThan(scheduler: string, record: Playable['record']): string {
  return record === null || record.scheduler === scheduler ? '' : `; it was found in ${record.scheduler}`;
}

function exitCode(results: readonly Result[], setAside: readonly SetAside[]): number {
  if (results.some(({ reproduced }) => !reproduced)) return EXIT.noLongerFails;
  return setAside.length > 0 ? EXIT.badInput : EXIT.violation;
}
