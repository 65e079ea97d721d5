import type { Decision, PartId, Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { ImpossibleStimulus, InputError } from '../../model/input-error.ts';
import { BrokenScheduler, brokenOn } from '../broken-scheduler.ts';
import { nowMs } from '../io/clock.ts';
import type { Scheduler } from '../scheduler.ts';
import { Ahead, askedUntil, lineOf, sendAhead } from './exec-ahead.ts';
import { ExecLine, type Patience } from './exec-line.ts';
import type { Heard, Said, Silence } from './exec-messages.ts';
import { clip, late, shortened, unasked, whatHappened } from './exec-words.ts';
import { LacksParts } from './lacks-parts.ts';

/** How to run somebody else's scheduler. */
export interface ExecOptions {
  /** A shell command. */
  readonly command: string;
  /** How long it may take to answer one stimulus. */
  readonly timeoutMs: number;
  /** How long it may take to start, and to answer the first stimulus. */
  readonly startTimeoutMs: number;
  /** The list of children that end with this process. */
  readonly children: SharedArrayBuffer;
  /** A {@link StopSign}: nobody waits for an answer any longer when it is up. */
  readonly stop?: SharedArrayBuffer;
}

/**
 * Somebody else's scheduler as a child process, which speaks JSON lines (docs/protocol.md). It is started once, and a
 * new header tells it of a reset. The next reset starts another only if it has died.
 *
 * The contract is synchronous, so a thread owns the child, and this thread waits for the answers.
 *
 * @throws BrokenScheduler from `step` when it crashes, hangs or breaks the protocol.
 */
export class ExecScheduler implements Scheduler {
  readonly name: string;
  private readonly timeoutMs: number;
  private readonly line: ExecLine;
  private readonly startTimeoutMs: number;
  /** What was sent ahead since the reset, if anything was; and what was played since then, so that it can be again. */
  private ahead: Ahead | null = null;
  private played: string[] = [];
  private header = '';
  /** Whether stimuli may be sent ahead: one that has not answered them in time reads only what it is asked. */
  private takesBatches = true;
  private readonly read: ReadAnswer;
  private readonly readHello: ReadHello;
  private steps = 0;
  /** Whether the child that is asked next has answered before. */
  private hasStarted = false;
  /** What the child has answered last, in words, and whether a header was sent since: a line too many comes after both. */
  private answered: string | null = null;
  private isReset = false;
  private longestMs = 0;

  /** The parts of XX that are left out of the cluster in play. */
  private leftOut: readonly PartId[] = [];
  /** Whether paging takes time in the cluster in play. */
  private pagesInTime = false;
  /** The parts of XX that the child has said it lacks. */
  lacks: readonly PartId[] = [];

  /**
   * @param read reads an answer; what it throws is said of the answer.
   * @param readHello reads a hello, in the same way.
   */
  constructor(
    { command, timeoutMs, startTimeoutMs, children, stop }: ExecOptions,
    read: ReadAnswer,
    readHello: ReadHello = () => ({}),
  ) {
    this.name = command;
    this.timeoutMs = timeoutMs;
    this.startTimeoutMs = startTimeoutMs;
    this.read = read;
    this.readHello = readHello;
    this.line = new ExecLine(command, children, stop, () => this.abandon());
  }

  /** @throws LacksParts when the child has said that it lacks parts which this cluster has. */
  reset(config: Configuration): void {
    this.leftOut = config.without ?? [];
    this.pagesInTime = config.paging !== undefined;
    this.refuseWhatItLacks();
    this.steps = 0;
    this.isReset = true;
    this.ahead = null;
    this.header = JSON.stringify({ format: 'xx-scenario', version: 1, config });
    this.line.send({ type: 'reset', line: this.header });
  }

  /**
   * Sends stimuli ahead of being asked for them, right after a reset: then many answers cost one round trip. Whoever asks
   * for others all the same gets right answers, only later.
   */
  announce(stimuli: readonly TimedStimulus[]): void {
    if (stimuli.length === 0 || !this.takesBatches) return;
    this.played = [];
    this.ahead = new Ahead(this.line, stimuli.map(lineOf));
  }

  /**
   * Plays several scenarios on one cluster, in one round trip.
   *
   * @returns the answers as they were written: for each scenario one for each of its stimuli.
   * @throws LacksParts, as `reset` does.
   * @throws BrokenScheduler when it crashes or hangs.
   */
  answersTo(config: Configuration, scenarios: readonly (readonly TimedStimulus[])[]): string[][] {
    const texts: string[] = [];
    const total = scenarios.reduce((sum, { length }) => sum + length, 0);
    if (total === 0) return scenarios.map(() => []);
    this.reset(config);
    if (!this.takesBatches) return scenarios.map((stimuli) => this.answersInLockstep(config, stimuli));
    const lines = scenarios.flatMap((stimuli) => [this.header, ...stimuli.map(lineOf)]);
    const request = sendAhead(this.line, lines, total);
    while (texts.length < total) {
      const { said, hello } = this.line.waitFor(request, this.patience());
      if (hello !== undefined) this.introduce(this.readLine(hello, this.readHello));
      if (said.type === 'lines') {
        texts.push(...said.texts);
        this.hasStarted = true;
        continue;
      }
      const asked = askedUntil(scenarios, texts.length);
      const what = said.type === 'line' ? `answered ${clip(said.text)}` : this.whatHappened(said);
      this.abandon();
      if (said.type === 'silence') {
        this.takesBatches = false;
        return scenarios.map((stimuli) => this.answersInLockstep(config, stimuli));
      }
      throw this.brokenAfter(config, asked, what);
    }
    const last = askedUntil(scenarios, total - 1);
    this.hasAnswered(last.length, last.at(-1)!.stimulus);
    let next = 0;
    return scenarios.map(({ length }) => {
      next += length;
      return texts.slice(next - length, next);
    });
  }

  private answersInLockstep(config: Configuration, stimuli: readonly TimedStimulus[]): string[] {
    this.reset(config);
    return stimuli.map((timed, index) => {
      const { said } = this.askFor(lineOf(timed));
      if (said.type === 'line') {
        this.hasStarted = true;
        return said.text;
      }
      const what = this.whatHappened(said);
      this.abandon();
      throw this.brokenAfter(config, stimuli.slice(0, index + 1), what);
    });
  }

  /** @param asked all that it was asked of a scenario; it broke on the last of that. */
  private brokenAfter(config: Configuration, asked: readonly TimedStimulus[], what: string): BrokenScheduler {
    const error = brokenOn(this.name, { step: asked.length, ...asked.at(-1)! }, what);
    error.scenario = { config, stimuli: [...asked] };
    return error;
  }

  /** Takes in a hello. @throws LacksParts when it names parts that the cluster in play has. */
  private introduce(hello: ReturnType<ReadHello> | { broken: string }): void {
    if ('broken' in hello) throw new BrokenScheduler(`scheduler ${this.name}: it ${hello.broken}`);
    this.lacks = hello.without ?? [];
    this.refuseWhatItLacks();
  }

  step(at: number, stimulus: Stimulus): Decision[] {
    this.steps++;
    const askedAt = nowMs();
    const { said, hello } = this.heardOf(lineOf({ at, stimulus }));
    const introduced = hello === undefined ? null : this.readLine(hello, this.readHello);
    const answered =
      said.type === 'line' ? this.readLine(said.text, this.read) : { broken: this.whatHappened(said) };
    const answer = introduced !== null && 'broken' in introduced ? introduced : answered;
    if ('broken' in answer) {
      this.abandon();
      throw brokenOn(this.name, { step: this.steps, at, stimulus }, answer.broken);
    }
    if (this.hasStarted) this.longestMs = Math.max(this.longestMs, nowMs() - askedAt);
    this.hasStarted = true;
    this.hasAnswered(this.steps, stimulus);
    if (introduced !== null) this.introduce(introduced);
    if ('impossible' in answer) throw new ImpossibleStimulus(shortened(answer.impossible));
    return answer.decisions;
  }

  private hasAnswered(step: number, { type }: Stimulus): void {
    this.answered = `step ${step} (${type})`;
    this.isReset = false;
  }

  /** What comes of a stimulus: of what was sent ahead, or of asking for it now. */
  private heardOf(line: string): Heard {
    const { ahead } = this;
    if (ahead === null) return this.askFor(line);
    let hello: string | undefined;
    while (!ahead.isOver) {
      const heard = ahead.hear(this.patience());
      hello ??= heard.hello;
      const told = hello === undefined ? heard : { ...heard, hello };
      if (heard.said.type === 'silence') {
        this.startOverInLockstep();
        break;
      }
      if (ahead.advance() === line || heard.said.type !== 'line') {
        this.played.push(line);
        return told;
      }
      // It was left out: if it was refused, nothing has come of it.
      const left = this.readLine(heard.said.text, this.read);
      if ('impossible' in left) continue;
      ahead.end();
      this.line.send({ type: 'reset', line: this.header });
      if (this.played.length > 0) sendAhead(this.line, this.played, this.played.length);
      this.line.send({ type: 'forget' });
    }
    this.played.push(line);
    const heard = this.askFor(line);
    return hello === undefined ? heard : { ...heard, hello };
  }

  private askFor(line: string): Heard {
    return this.line.ask((request) => ({ type: 'step', request, line }), this.patience());
  }

  /** Another child is asked for what was played, one by one, and is sent nothing ahead any more. */
  private startOverInLockstep(): void {
    this.abandon();
    this.takesBatches = false;
    this.line.send({ type: 'reset', line: this.header });
    for (const line of this.played) this.askFor(line);
  }

  /**
   * Waits about as long as an answer takes, and looks whether another line has come: then what was taken for answers
   * may have been something else.
   *
   * @throws BrokenScheduler if so.
   */
  refuseStrayLine(): void {
    if (!this.hasStarted) return;
    const afterMs = Math.min(Math.max(LEAST_LISTENING_MS, 2 * this.longestMs), this.timeoutMs);
    const { said } = this.line.ask(
      (request) => ({ type: 'listen', request, afterMs }),
      this.patience(afterMs + this.timeoutMs),
    );
    if (said.type !== 'unasked' && said.type !== 'too-long') return;
    const what = this.whatHappened(said);
    this.abandon();
    throw new BrokenScheduler(`scheduler ${this.name}: it ${what}`);
  }

  /** Ends the child: the next reset starts another. */
  restart(): void {
    this.line.kill();
    this.abandon();
  }

  /** Ends the child and the thread. */
  close(): void {
    this.line.kill();
    this.line.send({ type: 'close' });
  }

  /** @param mostMs how long is waited; by default as long as an answer may take, or starting and the first one. */
  private patience(mostMs = this.mostMs): Patience {
    // Whoever has taken no longer than this for an answer is not hanging, as far as anybody can tell.
    const usualMs = this.hasStarted ? Math.max(LEAST_HANGING_MS, OFTEN * this.longestMs) : 0;
    return { mostMs, usualMs };
  }

  private get mostMs(): number {
    return this.hasStarted ? this.timeoutMs : this.startTimeoutMs;
  }

  private abandon(): void {
    this.hasStarted = false;
    this.answered = null;
    this.ahead = null;
    this.line.send({ type: 'abandon' });
  }

  private refuseWhatItLacks(): void {
    const missing = this.lacks.filter((part) => !this.leftOut.includes(part));
    // Where nothing says how pages move, they move in no time, and nobody needs to know of more.
    const isPlayed = (part: PartId): boolean => part !== 'paging' || this.pagesInTime;
    if (missing.some(isPlayed)) throw new LacksParts(this.name, missing);
  }

  private readLine<Line>(text: string, read: (text: string) => Line): Line | { broken: string } {
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return {
        broken: `answered ${clip(text)}: ${error.message}; only answers belong on standard output, one line each`,
      };
    }
  }

  private whatHappened(said: Exclude<Said, { type: 'line' }> | Silence): string {
    if (said.type === 'late') return late(said.waitedMs, this.steps);
    if (said.type === 'unasked') return unasked(said.text, this.answered, this.isReset);
    return whatHappened(said, this.mostMs, this.hasStarted);
  }
}

type Answer = { readonly decisions: Decision[] } | { readonly impossible: string };

/** Reads one line of the child. @throws InputError when it is no answer. */
export type ReadAnswer = (text: string) => Answer;

/** Reads the line by which it introduces itself. @throws InputError when it is none. */
export type ReadHello = (text: string) => { readonly without?: readonly PartId[] };

const LEAST_LISTENING_MS = 50;
/** Whoever has answered before hangs when an answer takes this long, and so many times as long as any before. */
const LEAST_HANGING_MS = 1_000;
const OFTEN = 10;
