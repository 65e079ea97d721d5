import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { brokenOn } from '../broken-scheduler.ts';
import { nowMs } from '../io/clock.ts';
import { LONGEST_LINE_BYTES } from '../io/files.ts';
import type { Scheduler } from '../scheduler.ts';
import { killGroup } from './children.ts';
import type { FromThread, Said, ThreadData, ToThread } from './exec-messages.ts';

/** How to run somebody else's scheduler. */
export interface ExecOptions {
  /** A shell command. */
  readonly command: string;
  /** How long it may take to answer one stimulus. */
  readonly timeoutMs: number;
  /** The list of children that end with this process. */
  readonly children: SharedArrayBuffer;
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
  private requests = 0;
  private steps = 0;

  constructor({ command, timeoutMs, children }: ExecOptions) {
    this.name = command;
    this.timeoutMs = timeoutMs;
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const data: ThreadData = { command, port: port2, signal: this.signal.buffer, children };
    const worker = new Worker(THREAD, { workerData: data, transferList: [port2] });
    // The thread does not keep this process alive: it ends with it, or when it is closed.
    worker.unref();
  }

  reset(config: Configuration): void {
    this.steps = 0;
    this.send({ type: 'reset', line: JSON.stringify({ format: 'xx-scenario', version: 1, config }) });
  }

  step(at: number, stimulus: Stimulus): Decision[] {
    this.steps++;
    const step = { step: this.steps, at, stimulus };
    const said = this.ask(JSON.stringify({ at, stimulus }));
    const answer =
      said.type === 'line' ? readAnswer(said.text) : { broken: whatHappened(said, this.timeoutMs) };
    if ('decisions' in answer) return answer.decisions;
    if ('impossible' in answer) throw new ImpossibleStimulus(answer.impossible);
    this.send({ type: 'abandon' });
    throw brokenOn(this.name, step, answer.broken);
  }

  /** Ends the child and the thread. */
  close(): void {
    this.kill();
    this.send({ type: 'close' });
  }

  private ask(line: string): Said | { type: 'silence' } {
    const request = ++this.requests;
    this.send({ type: 'step', request, line });
    const giveUpAt = nowMs() + this.timeoutMs;
    for (;;) {
      // Read before checking, so that an answer that arrives in between is not missed.
      const answers = Atomics.load(this.signal, 0);
      const received = receiveMessageOnPort(this.port) as { message: FromThread } | undefined;
      if (received?.message.request === request) return received.message.said;
      if (received !== undefined) continue;
      const leftMs = giveUpAt - nowMs();
      if (leftMs <= 0) {
        this.kill();
        return { type: 'silence' };
      }
      Atomics.wait(this.signal, 0, answers, leftMs);
    }
  }

  private send(message: ToThread): void {
    this.port.postMessage(message);
  }

  private kill(): void {
    const pid = Atomics.exchange(this.signal, 1, 0);
    if (pid !== 0) killGroup(pid);
  }
}

type Answer = { decisions: Decision[] } | { impossible: string } | { broken: string };

/** Reads a line of the child as far as the protocol goes; others check whether the decisions are valid. */
function readAnswer(text: string): Answer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      broken: `answered ${clip(text)}, which is not JSON; only answers belong on standard output, one line each`,
    };
  }
  if (Array.isArray(value)) return { decisions: value };
  if (typeof value === 'object' && value !== null && 'impossible' in value) {
    const { impossible } = value;
    if (typeof impossible === 'string') return { impossible };
  }
  return {
    broken: `answered ${clip(text)}; expected a list of decisions or {"impossible": "why"}`,
  };
}

function whatHappened(
  said: Exclude<Said, { type: 'line' }> | { type: 'silence' },
  timeoutMs: number,
): string {
  switch (said.type) {
    case 'silence':
      return `did not answer within ${timeoutMs} ms; does it write a line for every stimulus, and flush it?`;
    case 'too-long':
      return `wrote more than ${LONGEST_LINE_BYTES / 1024 / 1024} MiB without the end of a line, or many lines that were not asked for`;
    case 'unasked':
      return `wrote ${clip(said.text)} before it was asked; a header has no answer, a stimulus has one line`;
    case 'died': {
      const lastWords = said.complaint.trim().split('\n').at(-1) ?? '';
      return `${said.how}${lastWords === '' ? ', and said nothing on standard error' : `; its last words: ${clip(lastWords)}`}`;
    }
  }
}

/** Somebody else's text for one line of a message. */
function clip(text: string): string {
  const written = JSON.stringify(text.slice(0, LONGEST_SHOWN));
  return text.length > LONGEST_SHOWN ? `${written}…` : written;
}

const LONGEST_SHOWN = 120;

/** A thread runs the built file, even when a test runs this module from its source. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/reference-impl/exec/exec-thread.js' : './exec-thread.js',
  import.meta.url,
);
