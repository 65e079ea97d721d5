import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Decision, PartId, Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { ImpossibleStimulus, InputError } from '../../model/input-error.ts';
import { BrokenScheduler, brokenOn, StoppedWaiting } from '../broken-scheduler.ts';
import { nowMs } from '../io/clock.ts';
import { LONGEST_LINE_BYTES } from '../io/files.ts';
import { StopSign } from '../io/stop-sign.ts';
import type { Scheduler } from '../scheduler.ts';
import { killGroup } from './children.ts';
import type { FromThread, Lines, Said, ThreadData, ToThread } from './exec-messages.ts';
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
  private readonly port: MessagePort;
  private readonly signal = new Int32Array(new SharedArrayBuffer(8));
  private readonly startTimeoutMs: number;
  /** What was sent ahead since the reset, if anything was; and what was played since then, so that it can be again. */
  private ahead: Ahead | null = null;
  private played: string[] = [];
  private header = '';
  /** Whether stimuli may be sent ahead: one that has not answered them in time reads only what it is asked. */
  private takesBatches = true;
  private readonly read: ReadAnswer;
  private readonly readHello: ReadHello;
  private readonly stop: StopSign | null;
  private requests = 0;
  /** The request by which the lines ahead were sent. */
  private aheadRequest = 0;
  private steps = 0;
  /** Whether the child that is asked next has answered before. */
  private hasStarted = false;
  /** What was sent to the child last, in words: that is what a line too many comes after. */
  private last = 'the header';
  private longestMs = 0;

  /** The parts of XX that are left out of the cluster in play. */
  private leftOut: readonly PartId[] = [];
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
    this.stop = stop === undefined ? null : new StopSign(stop);
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const data: ThreadData = { command, port: port2, signal: this.signal.buffer, children };
    const worker = new Worker(THREAD, { workerData: data, transferList: [port2] });
    // The thread does not keep this process alive: it ends with it, or when it is closed.
    worker.unref();
  }

  /** @throws LacksParts when the child has said that it lacks parts which this cluster has. */
  reset(config: Configuration): void {
    this.leftOut = config.without ?? [];
    this.refuseWhatItLacks();
    this.steps = 0;
    this.last = 'the header';
    this.ahead = null;
    this.header = JSON.stringify({ format: 'xx-scenario', version: 1, config });
    this.send({ type: 'reset', line: this.header });
  }

  /**
   * Sends stimuli ahead of being asked for them, right after a reset: then many answers cost one round trip. Whoever asks
   * for others all the same gets right answers, only later.
   */
  announce(stimuli: readonly TimedStimulus[]): void {
    if (stimuli.length === 0 || !this.takesBatches) return;
    const lines = stimuli.map(lineOf);
    this.played = [];
    this.ahead = { lines, next: 0, heard: [] };
    this.aheadRequest = ++this.requests;
    this.send({ type: 'ahead', request: this.aheadRequest, lines, answers: lines.length });
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
    const request = ++this.requests;
    this.send({ type: 'ahead', request, lines, answers: total });
    while (texts.length < total) {
      const patienceMs = this.hasStarted ? this.timeoutMs : Math.max(this.timeoutMs, this.startTimeoutMs);
      const { said, hello } = this.waitFor(request, patienceMs);
      if (hello !== undefined) this.introduce(this.readLine(hello, this.readHello));
      if (said.type === 'lines') {
        texts.push(...said.texts);
        this.hasStarted = true;
        continue;
      }
      this.abandon();
      if (said.type === 'silence') {
        this.takesBatches = false;
        return scenarios.map((stimuli) => this.answersInLockstep(config, stimuli));
      }
      const where = placeOf(scenarios, texts.length);
      const what = said.type === 'line' ? `answered ${clip(said.text)}` : this.whatHappened(said, patienceMs);
      throw brokenOn(this.name, where, what);
    }
    let next = 0;
    return scenarios.map(({ length }) => {
      next += length;
      return texts.slice(next - length, next);
    });
  }

  private answersInLockstep(config: Configuration, stimuli: readonly TimedStimulus[]): string[] {
    this.reset(config);
    return stimuli.map((timed, index) => {
      const patienceMs = this.hasStarted ? this.timeoutMs : Math.max(this.timeoutMs, this.startTimeoutMs);
      const { said } = this.askFor(lineOf(timed), patienceMs);
      if (said.type === 'line') {
        this.hasStarted = true;
        return said.text;
      }
      this.abandon();
      throw brokenOn(this.name, { step: index + 1, ...timed }, this.whatHappened(said, patienceMs));
    });
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
    const patienceMs = this.hasStarted ? this.timeoutMs : Math.max(this.timeoutMs, this.startTimeoutMs);
    const { said, hello } = this.heardOf(lineOf({ at, stimulus }), patienceMs);
    const introduced = hello === undefined ? null : this.readLine(hello, this.readHello);
    const answered =
      said.type === 'line'
        ? this.readLine(said.text, this.read)
        : { broken: this.whatHappened(said, patienceMs) };
    const answer = introduced !== null && 'broken' in introduced ? introduced : answered;
    if ('broken' in answer) {
      this.abandon();
      throw brokenOn(this.name, { step: this.steps, at, stimulus }, answer.broken);
    }
    if (this.hasStarted) this.longestMs = Math.max(this.longestMs, nowMs() - askedAt);
    this.hasStarted = true;
    this.last = `its answer to step ${this.steps}`;
    if (introduced !== null) this.introduce(introduced);
    if ('impossible' in answer) throw new ImpossibleStimulus(shortened(answer.impossible));
    return answer.decisions;
  }

  /** What comes of a stimulus: of what was sent ahead, or of asking for it now. */
  private heardOf(line: string, patienceMs: number): Heard {
    const { ahead } = this;
    if (ahead === null) return this.askFor(line, patienceMs);
    let hello: string | undefined;
    while (ahead.next < ahead.lines.length) {
      const heard = this.nextAhead(ahead, patienceMs);
      hello ??= heard.hello;
      const told = hello === undefined ? heard : { ...heard, hello };
      if (heard.said.type === 'silence') {
        this.startOverInLockstep(patienceMs);
        break;
      }
      if (ahead.lines[ahead.next++] === line || heard.said.type !== 'line') {
        this.played.push(line);
        return told;
      }
      // It was left out: if it was refused, nothing has come of it.
      const left = this.readLine(heard.said.text, this.read);
      if ('impossible' in left) continue;
      ahead.next = ahead.lines.length;
      this.send({ type: 'reset', line: this.header });
      if (this.played.length > 0) {
        const lines = this.played;
        this.send({ type: 'ahead', request: ++this.requests, lines, answers: lines.length });
      }
      this.send({ type: 'forget' });
    }
    this.played.push(line);
    const heard = this.askFor(line, patienceMs);
    return hello === undefined ? heard : { ...heard, hello };
  }

  private askFor(line: string, patienceMs: number): Heard {
    return this.ask((request) => ({ type: 'step', request, line }), patienceMs);
  }

  /** Another child is asked for what was played, one by one, and is sent nothing ahead any more. */
  private startOverInLockstep(patienceMs: number): void {
    this.abandon();
    this.takesBatches = false;
    this.send({ type: 'reset', line: this.header });
    for (const line of this.played) this.askFor(line, Math.max(patienceMs, this.startTimeoutMs));
  }

  private nextAhead(ahead: Ahead, patienceMs: number): Heard {
    const known = ahead.heard.shift();
    if (known !== undefined) return { said: { type: 'line', text: known } };
    const { said, hello } = this.waitFor(this.aheadRequest, patienceMs);
    const more = hello === undefined ? {} : { hello };
    if (said.type !== 'lines') return { said, ...more };
    const [first, ...others] = said.texts;
    ahead.heard = others;
    return { said: { type: 'line', text: first! }, ...more };
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
    const { said } = this.ask((request) => ({ type: 'listen', request, afterMs }), afterMs + this.timeoutMs);
    if (said.type !== 'unasked') return;
    this.abandon();
    throw new BrokenScheduler(`scheduler ${this.name}: it ${this.whatHappened(said, 0)}`);
  }

  /** Ends the child: the next reset starts another. */
  restart(): void {
    this.kill();
    this.abandon();
  }

  /** Ends the child and the thread. */
  close(): void {
    this.kill();
    this.send({ type: 'close' });
  }

  private ask(message: (request: number) => ToThread, patienceMs: number): Heard {
    const request = ++this.requests;
    if (this.isTimeUp) this.stopWaiting();
    this.send(message(request));
    const { said, ...more } = this.waitFor(request, patienceMs);
    if (said.type === 'lines') throw new Error('several lines answer only what was sent ahead');
    return { said, ...more };
  }

  private waitFor(request: number, patienceMs: number): Received {
    if (this.isTimeUp) this.stopWaiting();
    const askedAt = nowMs();
    const giveUpAt = askedAt + patienceMs;
    for (;;) {
      // Read before checking, so that an answer that arrives in between is not missed.
      const answers = Atomics.load(this.signal, 0);
      const received = receiveMessageOnPort(this.port) as { message: FromThread } | undefined;
      if (received?.message.request === request) return received.message;
      if (received !== undefined) continue;
      const leftMs = giveUpAt - nowMs();
      if (leftMs <= 0) {
        this.kill();
        return { said: { type: 'silence' } };
      }
      Atomics.wait(this.signal, 0, answers, Math.min(leftMs, LOOK_UP_EVERY_MS));
      if (!this.isTimeUp) continue;
      const waitedMs = Math.round(nowMs() - askedAt);
      // It may not be blamed for a time that is too short for anybody, nor for a signal.
      if (this.stop!.signal !== 0 || waitedMs <= this.usualMs) this.stopWaiting();
      this.kill();
      return { said: { type: 'late', waitedMs } };
    }
  }

  /** Whoever has taken no longer than this for an answer is not hanging, as far as anybody can tell. */
  private get usualMs(): number {
    return this.hasStarted ? Math.max(LEAST_HANGING_MS, OFTEN * this.longestMs) : 0;
  }

  private abandon(): void {
    this.hasStarted = false;
    this.ahead = null;
    this.send({ type: 'abandon' });
  }

  private refuseWhatItLacks(): void {
    const missing = this.lacks.filter((part) => !this.leftOut.includes(part));
    if (missing.length > 0) throw new LacksParts(this.name, missing);
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

  private whatHappened(said: Exclude<Said, { type: 'line' }> | Silence, patienceMs: number): string {
    if (said.type === 'late') {
      return `has not answered: waited ${said.waitedMs} ms for the answer to step ${this.steps}, until the time for all was up`;
    }
    if (said.type !== 'unasked') return whatHappened(said, patienceMs, this.hasStarted);
    return `wrote ${clip(said.text)} after ${this.last}, where nothing was asked; a header has no answer, a stimulus has one line, so an answer before it may have been none`;
  }

  private get isTimeUp(): boolean {
    return this.stop?.isUp === true;
  }

  private stopWaiting(): never {
    this.kill();
    this.abandon();
    throw new StoppedWaiting(`scheduler ${this.name}: nobody waits for its answer any longer`);
  }

  private send(message: ToThread): void {
    this.port.postMessage(message);
  }

  private kill(): void {
    const pid = Atomics.exchange(this.signal, 1, 0);
    if (pid !== 0) killGroup(pid);
  }
}

/** The stimulus that is answered after so many others. */
function placeOf(scenarios: readonly (readonly TimedStimulus[])[], answered: number) {
  let left = answered;
  for (const stimuli of scenarios) {
    if (left < stimuli.length) return { step: left + 1, ...stimuli[left]! };
    left -= stimuli.length;
  }
  throw new Error('everything was answered');
}

function lineOf({ at, stimulus }: TimedStimulus): string {
  return JSON.stringify({ at, stimulus });
}

/** No answer: as long as one may take, or until time was up. */
type Silence = { readonly type: 'silence' } | { readonly type: 'late'; readonly waitedMs: number };

type Answer = { readonly decisions: Decision[] } | { readonly impossible: string };

/** Reads one line of the child. @throws InputError when it is no answer. */
export type ReadAnswer = (text: string) => Answer;

/** Reads the line by which it introduces itself. @throws InputError when it is none. */
export type ReadHello = (text: string) => { readonly without?: readonly PartId[] };

/** What came of a request, and a hello that came before it. */
interface Heard {
  readonly said: Said | Silence;
  readonly hello?: string;
}

interface Received {
  readonly said: Heard['said'] | Lines;
  readonly hello?: string;
}

/** What was sent ahead: its lines, how many of them have been played or left out, and answers that nobody asked for yet. */
interface Ahead {
  readonly lines: readonly string[];
  next: number;
  heard: string[];
}

function whatHappened(
  said: Exclude<Said, { type: 'line' | 'unasked' }> | Extract<Silence, { type: 'silence' }>,
  patienceMs: number,
  hasStarted: boolean,
): string {
  switch (said.type) {
    case 'silence':
    case 'nothing':
      return hasStarted
        ? `did not answer within ${patienceMs} ms; does it write a line for every stimulus, and flush it?`
        : `did not start and answer within ${patienceMs} ms; --exec-start-timeout allows more`;
    case 'closed':
      return 'closed its standard output, and lives on; nothing can be heard from it any more';
    case 'too-long':
      return `wrote more than ${LONGEST_LINE_BYTES / 1024 / 1024} MiB without the end of a line, or many lines that were not asked for`;
    case 'died': {
      return `${said.how}${complaintText(said.complaint)}`;
    }
  }
}

/** Of several lines the first says why, as in a panic of Go or Java, and the last where it ended. */
function complaintText(complaint: string): string {
  const lines = complaint
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length === 0) return ', and said nothing on standard error';
  const words = lines.length === 1 ? '' : `; its first words: ${clip(lines[0]!)}`;
  return `${words}; its last words: ${clip(lines.at(-1)!)}`;
}

/** Why a stimulus is impossible, in somebody else's words, of which megabytes say no more than the first few. */
function shortened(reason: string): string {
  return reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;
}

const LONGEST_REASON = 500;

/** Somebody else's text for one line of a message. */
function clip(text: string): string {
  const written = JSON.stringify(text.slice(0, LONGEST_SHOWN));
  return text.length > LONGEST_SHOWN ? `${written}…` : written;
}

const LONGEST_SHOWN = 120;
/** How often the stop sign is looked at while an answer is waited for. */
const LOOK_UP_EVERY_MS = 50;
const LEAST_LISTENING_MS = 50;
/** Whoever has answered before hangs when an answer takes this long, and so many times as long as any before. */
const LEAST_HANGING_MS = 1_000;
const OFTEN = 10;

/** A thread runs the built file, even when a test runs this module from its source. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/reference-impl/exec/exec-thread.js' : './exec-thread.js',
  import.meta.url,
);
