import type { Command } from 'commander';
import type { PartId } from '../../model/alphabet.ts';
import { counted } from '../../model/counted.ts';
import { InputError } from '../../model/input-error.ts';
import { printable } from '../../model/printable.ts';
import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import { nowMs } from '../../reference-impl/io/clock.ts';
import { inFile } from '../../reference-impl/io/files.ts';
import { LineWriter, progressLine } from '../../reference-impl/io/output.ts';
import type { PropertyId } from '../catalogue.ts';
import {
  type Candidate,
  candidateOf,
  contestantOf,
  type OpenContestant,
} from '../contestants/contestants.ts';
import { leavingOut, partIds } from '../parts.ts';
import { propertyIds } from '../property-ids.ts';
import type { SetAside } from '../records/collect.ts';
import { conclusionText, type Result, resultOf } from '../replay/conclusion.ts';
import { type Exports, exportsAny, refuseExports, writeExports } from '../replay/exports/exports.ts';
import { framesOf } from '../replay/frames.ts';
import { load, type Playable } from '../replay/load.ts';
import { commandWithoutDirectories, withoutDirectories } from '../replay/paths.ts';
import { type Recording, replay, replayTrace } from '../replay/play.ts';
import { type PlayerFlags, playerOf } from '../replay/player.ts';
import {
  askedRange,
  EVERYTHING,
  isWithin,
  type RangeOptions,
  rangeOf,
  refuseRange,
} from '../replay/range.ts';
import { frameText } from '../replay/show.ts';
import {
  addCandidateOptions,
  type Desk,
  EXIT,
  jsonOption,
  propertyOption,
  wholeNumber,
  withoutOption,
} from './command.ts';
import { ofTraces } from './judge-and-run.ts';

const HELP = `
Without --scheduler or --exec, a counterexample is played by the scheduler that
it was found in, and a scenario by the reference. A trace is not played: its own
decisions are judged.

Exit codes: 1 when every counterexample still fails in the same way, or a
scenario or trace is refused; 4 when a counterexample no longer fails; otherwise
2 when a file was set aside, since it could not be played; 3 when the scheduler
crashed, hung or broke the protocol; 0 when scenarios and traces are accepted.
No file is skipped silently.`;

export function declareReplay(program: Command, desk: Desk): void {
  const command = program
    .command('replay')
    .description('Replays counterexamples step by step, and says whether they still fail.')
    .argument('<file...>', 'counterexamples, scenarios, traces, or directories of them');
  addCandidateOptions(command, { isDefault: false })
    .addOption(propertyOption())
    .addOption(withoutOption())
    .option('--from <n>', 'the first step to show, counted from 1', wholeNumber(1))
    .option('--to <n>', 'the last step to show', wholeNumber(1))
    .option('--all', 'show every step of a long replay, and write files of any size')
    .option('--html <file>', 'write a web page to step through (one file only)')
    .option('--perfetto <file>', 'write a trace for ui.perfetto.dev (one file only)')
    .option('--itf <file>', 'write the states for viewers of TLA+ and Quint traces (one file only)')
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(async (files, options) => desk.exit(await run(files, options, desk)));
}

type Options = PlayerFlags &
  Exports &
  RangeOptions & { json?: boolean; property: string[]; without?: string[] };

async function run(paths: string[], options: Options, desk: Desk): Promise<number> {
  const properties = propertyIds(options.property);
  const without = partIds(options.without ?? []);
  refuseUnknown(options);
  const loaded = await load(paths);
  const { playables, setAside } = loaded;
  refuseRange(options, playables);
  refuseExports(options, loaded);
  const results: Result[] = [];
  let failed: unknown = null;
  const players = new Players();
  const line = progressLine(desk.err);
  const startedAt = nowMs();
  const progress = (file: string) => (step: number, of: number) => {
    if (nowMs() - startedAt < QUIET_MS) return;
    line.show(
      `${printable(withoutDirectories(file))}: step ${step} of ${of}, ${Math.round((nowMs() - startedAt) / 1000)} s`,
    );
  };
  try {
    for (const given of playables) {
      const played = attempt(given, setAside, () => {
        const playable = within(given, without);
        return { playable, ...playedBy(playable, options, players, properties, progress(given.file)) };
      });
      line.clear();
      if (played === undefined) continue;
      const { playable, recording, scheduler } = played;
      results.push(resultOf(playable, recording, scheduler));
      if (!options.json) await tell(playable, recording, scheduler, options, desk);
      if (exportsAny(options)) failed = exported(playable, recording, scheduler, options, desk);
    }
  } finally {
    line.clear();
    players.close();
  }
  const { out, err } = desk;
  if (options.json) {
    out.write(`${JSON.stringify({ results, ...(setAside.length > 0 ? { setAside } : {}) })}\n`);
  }
  for (const { reason } of setAside) err.write(`xx: set aside: ${reason}\n`);
  // What could not be written comes after the verdict.
  if (failed !== null) throw failed;
  if (playables.length === 0 && setAside.length === 0) {
    throw new InputError(
      `${paths.join(', ')}: no counterexample (*.json) and no scenario (*.scenario.jsonl) there`,
    );
  }
  return exitCode(results, setAside);
}

/** Whoever sees the answer this soon needs no progress. */
const QUIET_MS = 1000;

/** @throws InputError when there is no scheduler of the name that was asked for, before any file is read. */
function refuseUnknown({ scheduler, exec }: Options): void {
  if (scheduler !== undefined && exec === undefined) contestantOf(candidateOf({ scheduler })).close();
}

/** Contestants by name: several files may be played by one. */
class Players {
  private readonly known = new Map<string, OpenContestant>();

  of(candidate: Candidate): OpenContestant {
    const known = this.known.get(candidate.scheduler);
    if (known !== undefined) return known;
    const contestant = contestantOf(candidate);
    this.known.set(candidate.scheduler, contestant);
    return contestant;
  }

  close(): void {
    for (const contestant of this.known.values()) contestant.close();
  }
}

function within(playable: Playable, without: readonly PartId[]): Playable {
  const { scenario } = playable;
  return { ...playable, scenario: { ...scenario, config: leavingOut(scenario.config, without) } };
}

function playedBy(
  playable: Playable,
  options: Options,
  players: Players,
  properties: readonly PropertyId[],
  onStep: (step: number, of: number) => void,
): { recording: Recording; scheduler: string | null } {
  const player = playerOf(playable, options);
  if (player === null) {
    return {
      recording: replayTrace(playable, playable.decisions!, ofTraces(properties)),
      scheduler: null,
    };
  }
  const contestant = players.of(player);
  const recording = replay(playable, contestant, properties, onStep);
  if (recording.finding !== null) contestant.settle?.();
  return { recording, scheduler: player.scheduler };
}

/** What was played; undefined when the file was set aside after all. */
function attempt<Played>({ file }: Playable, setAside: SetAside[], play: () => Played): Played | undefined {
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

/** Shows the steps that are wanted, and the verdict. */
async function tell(
  playable: Playable,
  recording: Recording,
  scheduler: string | null,
  options: Options,
  { out }: Desk,
): Promise<void> {
  const { steps, finding } = recording;
  const last = steps.length;
  // Properties of whole runs may fail after the last step that was given.
  const shown = finding === null ? null : { ...finding, step: Math.min(finding.step, last) };
  const range = rangeOf(options, last, shown?.step ?? null);
  const writer = new LineWriter(out);
  const line = (text: string): Promise<void> => writer.line(text === '' ? '' : `  ${text}`);
  await writer.line(playable.file);
  const before = range.from - 1;
  const after = last - range.to;
  if (askedRange(options) === null && before > 0) await line(leftOutText(before, 'before'));
  for (const frame of framesOf(recording, (step) => isWithin(range, step))) {
    for (const text of frameText(frame, shown)) await line(text);
  }
  if (askedRange(options) === null && after > 0) await line(leftOutText(after, 'after'));
  if (last < range.from) await line(`nothing to show from step ${range.from} on: it ends with step ${last}`);
  for (const text of conclusionText(playable, recording, scheduler)) await line(text);
  await writer.flush();
}

function leftOutText(steps: number, where: string): string {
  return `(${counted(steps, 'step')} ${where} these: --from, --to or --all show more)`;
}

/** Writes what was asked for, and says so. @returns what went wrong with it; null when nothing did. */
function exported(
  { file }: Playable,
  recording: Recording,
  scheduler: string | null,
  options: Options,
  { out, err }: Desk,
): unknown {
  // A page can play again whom it has with it, and nobody else's process.
  const plays = options.exec === undefined ? scheduler : null;
  const film = {
    file: withoutDirectories(file),
    scheduler: scheduler === null ? 'the decisions of the trace' : commandWithoutDirectories(scheduler),
    ...(plays === null ? {} : { plays }),
    recording,
  };
  try {
    const lines = writeExports(options, film, {
      range: askedRange(options) ?? EVERYTHING,
      all: options.all === true,
      announce: (line) => err.write(`xx: ${line}\n`),
    });
    if (!options.json) out.write(lines.map((line) => `  ${line}\n`).join(''));
    return null;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function exitCode(results: readonly Result[], setAside: readonly SetAside[]): number {
  if (results.some(({ reproduced }) => reproduced === false)) return EXIT.noLongerFails;
  if (setAside.length > 0) return EXIT.badInput;
  return results.some(({ verdict }) => verdict === 'refused') ? EXIT.violation : EXIT.accepted;
}
