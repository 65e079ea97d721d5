import type { PartId } from '../../model/alphabet.ts';
import { counted } from '../../model/counted.ts';
import { InputError } from '../../model/input-error.ts';
import { printable, printableJson } from '../../model/printable.ts';
import { BrokenScheduler, StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { nowMs } from '../../reference-impl/io/clock.ts';
import { inFile } from '../../reference-impl/io/files.ts';
import { LineWriter, type ProgressLine, progressLine } from '../../reference-impl/io/output.ts';
import { stopSign } from '../../reference-impl/io/stop-sign.ts';
import type { PropertyId } from '../catalogue.ts';
import { type Candidate, contestantOf, type OpenContestant } from '../contestants/contestants.ts';
import { findingOf, titleOf } from '../findings/of-file.ts';
import { leavingOut } from '../parts.ts';
import type { SetAside } from '../records/collect.ts';
import { conclusionText, type Replayed, type Result, resultOf } from '../replay/conclusion.ts';
import { type Exports, exportsAny, refuseUnshowable, writeExports } from '../replay/exports/exports.ts';
import { framesOf } from '../replay/frames.ts';
import { load, type Playable } from '../replay/load.ts';
import { commandWithoutDirectories, withoutDirectories } from '../replay/paths.ts';
import { replay, replayTrace, type Watch } from '../replay/play.ts';
import { type PlayerFlags, playerOf } from '../replay/player.ts';
import {
  askedRange,
  EVERYTHING,
  isWithin,
  type RangeOptions,
  rangeOf,
  refuseBeyond,
} from '../replay/range.ts';
import { frameText } from '../replay/show.ts';
import { afterVerdict } from './after-verdict.ts';
import { type Desk, EXIT, interruptedCode } from './command.ts';
import { ofTraces } from './of-traces.ts';

export type Options = PlayerFlags &
  Exports &
  RangeOptions & { json?: boolean; property: string[]; without?: string[] };

/** What is judged, and what of XX is left out. */
export interface Wanted {
  readonly properties: readonly PropertyId[];
  readonly without: readonly PartId[];
}

/** Whoever sees the answer this soon needs no progress. */
const QUIET_MS = 1000;

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

/** Replays files one by one, and keeps what became of each. */
export class Replays {
  /** Files whose turn has not come when a signal came. */
  notReplayed = 0;
  private readonly results: Result[] = [];
  private readonly setAside: SetAside[] = [];
  private readonly players = new Players();
  private readonly line: ProgressLine;
  private readonly startedAt = nowMs();
  private failed: InputError | null = null;
  private given = 0;
  /** Whether one file is named, and nothing else: what does not fit it is refused before it is played. */
  private readonly isAlone: boolean;
  private longest = 0;
  private readonly options: Options;
  private readonly wanted: Wanted;
  private readonly desk: Desk;

  constructor(options: Options, wanted: Wanted, desk: Desk, isAlone: boolean) {
    this.isAlone = isAlone;
    this.options = options;
    this.wanted = wanted;
    this.desk = desk;
    this.line = progressLine(desk.err);
  }

  /** Loads a file, plays it, and says what came of it. @throws BrokenScheduler when its scheduler breaks the contract. */
  async take(named: string | SetAside, stopped: AbortSignal): Promise<void> {
    const { options, desk, setAside } = this;
    this.given++;
    const loaded = typeof named === 'string' ? await load(named, stopped) : named;
    if (loaded === null) this.notReplayed++;
    else if ('reason' in loaded) setAside.push(loaded);
    if (loaded === null || 'reason' in loaded) return;
    this.longest = Math.max(this.longest, loaded.scenario.stimuli.length);
    if (this.isAlone) refuseBeyond(options, loaded.file, this.longest);
    refuseUnshowable(options, loaded);
    try {
      const replayed = this.played(within(loaded, this.wanted.without));
      this.line.clear();
      this.results.push(resultOf(replayed));
      if (!options.json) await tell(replayed, options, desk);
      if (exportsAny(options)) this.failed = await exported(replayed, options, desk);
    } catch (error) {
      this.line.clear();
      if (error instanceof StoppedWaiting) {
        this.notReplayed++;
        return;
      }
      if (error instanceof BrokenScheduler)
        throw new BrokenScheduler(`${loaded.file}: ${error.message}`, { cause: error });
      if (!(error instanceof InputError)) throw error;
      setAside.push({ file: loaded.file, reason: inFile(loaded.file, error).message });
    }
  }

  close(): void {
    this.line.clear();
    this.players.close();
  }

  /**
   * Says the verdict on all of them.
   *
   * @returns the exit code.
   * @throws BrokenScheduler what has ended them, if anything did.
   */
  async conclude(paths: readonly string[], broken: BrokenScheduler | null): Promise<number> {
    const { results, setAside, notReplayed, desk, failed } = this;
    const isInterrupted = notReplayed > 0 || results.some(({ verdict }) => verdict === 'interrupted');
    if (this.options.json) {
      const aside = setAside.length > 0 ? { setAside } : {};
      const early = isInterrupted ? { interrupted: { notReplayed } } : {};
      const ended = broken === null ? {} : { broken: broken.message };
      desk.out.write(`${printableJson({ results, ...aside, ...early, ...ended })}\n`);
    } else if (isInterrupted) {
      desk.out.write(`interrupted: ${counted(notReplayed, 'file')} not replayed\n`);
    }
    for (const { reason } of setAside) desk.err.write(`xx: set aside: ${reason}\n`);
    if (broken !== null) throw broken;
    if (this.given === 0) {
      throw new InputError(
        `${paths.join(', ')}: no counterexample (*.json) and no scenario (*.scenario.jsonl) there`,
      );
    }
    const code = isInterrupted ? interruptedCode() : exitCode(results, setAside);
    return afterVerdict(code, desk, () => {
      // What could not be written comes after the verdict, and does not hide it.
      if (failed !== null) throw failed;
      if (results.length > 0) refuseBeyond(this.options, 'the longest of the files', this.longest);
    });
  }

  private played(playable: Playable): Replayed {
    const { options } = this;
    const { properties } = this.wanted;
    const watch: Watch = { isStopped: () => stopSign().signal !== 0, onStep: this.progressOf(playable) };
    const shown = findingOf(playable);
    const player = playerOf(playable, options, shown?.scheduler);
    if (player === null) {
      const recording = replayTrace(playable, playable.decisions!, ofTraces(properties), watch);
      return { playable, recording, scheduler: null, seen: null };
    }
    const contestant = this.players.of(player);
    const of = properties.length === 0 ? shown : null;
    // What a finding on the text shows need not be against any rule, nor a run end where a rule is broken.
    const judged: readonly PropertyId[] = of === null ? properties : ['possible-decision'];
    const recording = replay(playable, contestant, judged, watch);
    if (recording.finding !== null) contestant.settle?.();
    const isWhole = recording.finding === null && recording.isInterrupted !== true;
    const seen =
      of === null
        ? null
        : {
            id: of.id,
            title: titleOf(of),
            sighting: isWhole ? of.shows(playable.scenario, () => contestant.scheduler) : null,
          };
    return { playable, recording, scheduler: player.scheduler, seen };
  }

  private progressOf({ file }: Playable): (step: number, of: number) => void {
    return (step, of) => {
      const elapsedMs = nowMs() - this.startedAt;
      if (elapsedMs < QUIET_MS) return;
      const name = printable(withoutDirectories(file));
      this.line.show(`${name}: step ${step} of ${of}, ${Math.round(elapsedMs / 1000)} s`);
    };
  }
}

function within(playable: Playable, without: readonly PartId[]): Playable {
  const { scenario } = playable;
  return { ...playable, scenario: { ...scenario, config: leavingOut(scenario.config, without) } };
}

/** Shows the steps that are wanted, and the verdict. */
async function tell(replayed: Replayed, options: Options, { out }: Desk): Promise<void> {
  const { playable, recording, seen } = replayed;
  const { steps, finding } = recording;
  const last = steps.length;
  // Properties of whole runs may fail after the last step that was given.
  const shown = finding === null ? null : { ...finding, step: Math.min(finding.step, last) };
  const range = rangeOf(options, last, shown?.step ?? seen?.sighting?.step ?? null);
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
  for (const text of conclusionText(replayed)) await line(text);
  await writer.flush();
}

function leftOutText(steps: number, where: string): string {
  return `(${counted(steps, 'step')} ${where} these: --from, --to or --all show more)`;
}

/** Writes what was asked for, and says so. @returns what went wrong with it; null when nothing did. */
async function exported(
  { playable: { file }, recording, scheduler }: Replayed,
  options: Options,
  { out, err }: Desk,
): Promise<InputError | null> {
  // A page can play again whom it has with it, and nobody else's process.
  const plays = options.exec === undefined ? scheduler : null;
  const film = {
    file: withoutDirectories(file),
    scheduler: scheduler === null ? 'the decisions of the trace' : commandWithoutDirectories(scheduler),
    ...(plays === null ? {} : { plays }),
    recording,
  };
  try {
    const lines = await writeExports(options, film, {
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
  const isWrong = results.some(({ verdict }) => verdict === 'refused' || verdict === 'shown');
  return isWrong ? EXIT.violation : EXIT.accepted;
}
