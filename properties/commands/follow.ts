import { setImmediate, setTimeout } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PartId } from '../../model/alphabet.ts';
import { InputError } from '../../model/input-error.ts';
import { RULE_IDS } from '../../model/rules/rule-set.ts';
import { epochMs } from '../../reference-impl/io/clock.ts';
import { type CutLine, LineCutter } from '../../reference-impl/io/cut-lines.ts';
import { inFile, whyNotRead } from '../../reference-impl/io/file-error.ts';
import { FileError, nameOf, sourceOf } from '../../reference-impl/io/files.ts';
import { LineWriter } from '../../reference-impl/io/output.ts';
import { isRegularFile, type Piece, tailOf } from '../../reference-impl/io/tail.ts';
import type { PropertyId } from '../catalogue.ts';
import { Counters, metricsOf } from '../live/counters.ts';
import { OF_LIVE_LOGS } from '../live/follower.ts';
import type { Incident } from '../live/incident.ts';
import { incidentJson, incidentLine, summaryJson, summaryLine } from '../live/incident-text.ts';
import { type Heard, LiveLog } from '../live/live-log.ts';
import { openMetricsText } from '../live/openmetrics.ts';
import { Repeats } from '../live/repeats.ts';
import { type Desk, duration, EXIT, interruptedCode, interruptible, wholeNumber } from './command.ts';
import { type MetricsFlags, publish, refuseMetrics } from './metrics-output.ts';

/** How often a file that does not grow is looked at, in ms. */
const LOOK_EVERY_MS = 100;

/** Options of a command that judges a log while it grows. */
export function addFollowOptions(command: Command): Command {
  return command
    .option('--follow', 'a line for each violation, and on: a log that grows, also one that is rotated')
    .addOption(
      new Option('--metrics <file>', 'with --follow: write counters as OpenMetrics text, again and again'),
    )
    .option('--metrics-interval <time>', 'how often that is (default: 15s)', duration)
    .option('--metrics-port <port>', 'with --follow: counters at http://127.0.0.1:PORT/metrics', port);
}

/** @throws InputError when figures are asked for that only a growing log has. */
export function refuseWithoutFollow(flags: MetricsFlags & { follow?: boolean }): void {
  if (flags.follow === true) return;
  for (const [name, value] of [
    ['--metrics', flags.metrics],
    ['--metrics-interval', flags.metricsInterval],
    ['--metrics-port', flags.metricsPort],
  ] as const) {
    if (value !== undefined) throw new InputError(`${name}: only of a growing log; add --follow`);
  }
}

function port(text: string): number {
  const number = wholeNumber(0)(text);
  if (number <= 65_535) return number;
  throw new InvalidArgumentError('Expected a port from 0 to 65535; 0 takes any that is free.');
}

/** Judges a log while it grows, and goes on after what is wrong. @returns the exit code. */
export async function follow(
  file: string,
  {
    json,
    properties,
    without,
    ...flags
  }: { json?: boolean; properties: readonly PropertyId[]; without: readonly PartId[] } & MetricsFlags,
  { out, err }: Desk,
): Promise<number> {
  refuseOfWholeLogs(properties);
  refuseMetrics(flags, file);
  const following = new Following(file, properties, without);
  const writer = new LineWriter(out);
  let isHeard = true;
  const noReader = (): void => {
    isHeard = false;
  };
  out.on('error', noReader);
  const published = await publish(flags, () => following.metrics, err);
  try {
    await interruptible(async (interrupted) => {
      for await (const piece of piecesOf(file, interrupted)) {
        if (typeof piece === 'string') err.write(`xx: ${rotationText(file, piece)}\n`);
        for (const incident of following.take(piece)) {
          await writer.line(json ? incidentJson(incident, file) : incidentLine(incident));
        }
        await writer.flush();
        // Signals are heard, and whoever asks for metrics is answered.
        await setImmediate();
        if (interrupted() || !isHeard || !out.writable) return;
      }
      if (interrupted()) return;
      for (const incident of following.end()) {
        await writer.line(json ? incidentJson(incident, file) : incidentLine(incident));
      }
    });
    // Without a reader the judging ends; what was refused by then stays refused.
    const isRefused = !isHeard && following.counters.totals.violations > 0;
    const code = isRefused ? EXIT.violation : following.code;
    await writer.line(json ? summaryJson(following.counters) : summaryLine(following.counters));
    await writer.flush();
    return code;
  } finally {
    await published.end();
    out.removeListener('error', noReader);
  }
}

/** @throws InputError when a property needs all of a log from its beginning. */
function refuseOfWholeLogs(properties: readonly PropertyId[]): void {
  for (const id of properties) {
    if (OF_LIVE_LOGS.includes(id) || RULE_IDS.some((rule) => rule === id)) continue;
    throw new InputError(
      `--property: ${id} needs an account of the whole log, which is lost after a violation; judge it without --follow`,
    );
  }
}

function rotationText(file: string, rotation: Exclude<Piece, Buffer>): string {
  return rotation === 'replaced'
    ? `${nameOf(file)}: was replaced; the new file is read from its beginning`
    : `${nameOf(file)}: was cut to nothing and is read from its beginning; what was written in between is lost`;
}

const HEADER_ALONE = 'line 1: the log ends with its header, so nothing was judged; line 2 must boot';

/** A log on its way through the judge, and what was counted of it. */
class Following {
  readonly counters = new Counters();
  private readonly file: string;
  private readonly log: LiveLog;
  private readonly cutter = new LineCutter();
  private lineNumber = 0;
  private readAtMs = 0;
  private readonly repeats = new Repeats();
  private isEnded = false;

  constructor(file: string, properties: readonly PropertyId[], without: readonly PartId[]) {
    this.file = file;
    this.log = new LiveLog(properties, without);
  }

  /** What is to be told of the lines that a piece ends. */
  *take(piece: Piece): Generator<Incident> {
    if (typeof piece === 'string') {
      yield* this.rest();
      this.lineNumber = 0;
      this.counters.rotations[piece]++;
      return;
    }
    this.counters.bytes += piece.length;
    for (const line of this.cutter.cut(piece)) yield* this.line(line);
    this.readAtMs = epochMs();
  }

  /** The same when nothing more comes: what stands there without a line end is a line. */
  *end(): Generator<Incident> {
    yield* this.rest();
    this.isEnded = true;
    if (this.log.begun > 0) return;
    if (this.log.hasHeader) throw inFile(this.file, new InputError(HEADER_ALONE));
    throw inFile(this.file, new InputError('line 1: the log is empty; expected the header of a trace'));
  }

  /** The exit code, now that the reading is over. */
  get code(): number {
    if (!this.isEnded) return interruptedCode();
    if (this.counters.totals.violations > 0) return EXIT.violation;
    const { unreadable, impossible } = this.counters;
    return unreadable + impossible > 0 ? EXIT.badInput : EXIT.accepted;
  }

  get metrics(): string {
    const { follower } = this.log;
    return openMetricsText(
      metricsOf(this.counters, {
        virtualMs: follower?.state.now ?? 0,
        readAtMs: this.readAtMs,
        unended: follower?.state.invocations.size ?? 0,
        inDoubt: follower?.inDoubt ?? { invocations: 0, machines: 0, everything: false },
      }),
    );
  }

  private *rest(): Generator<Incident> {
    const rest = this.cutter.rest();
    if (rest !== null) yield* this.line(rest);
  }

  private *line(line: CutLine): Generator<Incident> {
    this.lineNumber++;
    const { counters, log, lineNumber } = this;
    const { incident, decisions } = this.heard(line, lineNumber);
    counters.decisions += decisions;
    counters.steps = log.steps;
    counters.restarts = Math.max(0, log.begun - 1);
    if (incident === null) return;
    counters.count(incident);
    const times = this.repeats.timesIfTold(incident);
    if (times === null) counters.repeats++;
    else yield { ...incident, times };
  }

  private heard(line: CutLine, lineNumber: number): Heard {
    try {
      if ('text' in line) return this.log.take(line.text, lineNumber);
      return this.log.lose(lineNumber, `line ${lineNumber}: ${line.unreadable}`);
    } catch (error) {
      throw error instanceof InputError ? inFile(this.file, error) : error;
    }
  }
}

async function* piecesOf(file: string, interrupted: () => boolean): AsyncGenerator<Piece, void, undefined> {
  if (file !== '-' && isRegularFile(file)) {
    const pause = async (): Promise<boolean> => {
      if (!interrupted()) await setTimeout(LOOK_EVERY_MS);
      return !interrupted();
    };
    yield* tailOf(file, { pause });
    return;
  }
  const stream = sourceOf(file);
  const timer = setInterval(() => interrupted() && stream.destroy(), LOOK_EVERY_MS);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    if (!interrupted()) throw new FileError(`${nameOf(file)}: ${whyNotRead(error)}`);
  } finally {
    clearInterval(timer);
  }
}
