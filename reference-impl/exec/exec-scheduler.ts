import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Decision, PartId, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { ImpossibleStimulus, InputError } from '../../model/input-error.ts';
import { BrokenScheduler, brokenOn, StoppedWaiting } from '../broken-scheduler.ts';
import { nowMs } from '../io/clock.ts';
import { LONGEST_LINE_BYTES } from '../io/files.ts';
import { StopSign } from '../io/stop-sign.ts';
import type { Scheduler } from '../scheduler.ts';
import { killGroup } from './children.ts';
import type { FromThread, Said, ThreadData, ToThread } from './exec-messages.ts';
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
  private readonly read: ReadAnswer;
  private readonly readHello: ReadHello;
  private readonly stop: StopSign | null;
  private requests = 0;
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
    this.send({ type: 'reset', line: JSON.stringify({ format: 'xx-scenario', version: 1, config }) });
  }

  step(at: number, stimulus: Stimulus): Decision[] {
    this.steps++;
    const askedAt = nowMs();
    const patienceMs = this.hasStarted ? this.timeoutMs : Math.max(this.timeoutMs, this.startTimeoutMs);
    const { said, hello } = this.ask(
      (request) => ({ type: 'step', request, line: JSON.stringify({ at, stimulus }) }),
      patienceMs,
    );
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
    if (introduced !== null && 'without' in introduced) {
      this.lacks = introduced.without ?? [];
      this.refuseWhatItLacks();
    }
    if ('impossible' in answer) throw new ImpossibleStimulus(answer.impossible);
    return answer.decisions;
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
    this.refuseToWait();
    this.send(message(request));
    const giveUpAt = nowMs() + patienceMs;
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
      this.refuseToWait();
    }
  }

  private abandon(): void {
    this.hasStarted = false;
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

  private whatHappened(
    said: Exclude<Said, { type: 'line' }> | { type: 'silence' },
    patienceMs: number,
  ): string {
    if (said.type !== 'unasked') return whatHappened(said, patienceMs, this.hasStarted);
    return `wrote ${clip(said.text)} after ${this.last}, where nothing was asked; a header has no answer, a stimulus has one line, so an answer before it may have been none`;
  }

  private refuseToWait(): void {
    if (this.stop === null || !this.stop.isUp) return;
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

type Answer = { readonly decisions: Decision[] } | { readonly impossible: string };

/** Reads one line of the child. @throws InputError when it is no answer. */
export type ReadAnswer = (text: string) => Answer;

/** Reads the line by which it introduces itself. @throws InputError when it is none. */
export type ReadHello = (text: string) => { readonly without?: readonly PartId[] };

/** What came of a request, and a hello that came before it. */
interface Heard {
  readonly said: Said | { type: 'silence' };
  readonly hello?: string;
}

function whatHappened(
  said: Exclude<Said, { type: 'line' | 'unasked' }> | { type: 'silence' },
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

/** Somebody else's text for one line of a message. */
function clip(text: string): string {
  const written = JSON.stringify(text.slice(0, LONGEST_SHOWN));
  return text.length > LONGEST_SHOWN ? `${written}…` : written;
}

const LONGEST_SHOWN = 120;
/** How often the stop sign is looked at while an answer is waited for. */
const LOOK_UP_EVERY_MS = 50;
const LEAST_LISTENING_MS = 50;

/** A thread runs the built file, even when a test runs this module from its source. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/reference-impl/exec/exec-thread.js' : './exec-thread.js',
  import.meta.url,
);
