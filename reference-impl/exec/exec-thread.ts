import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { workerData } from 'node:worker_threads';
import { LONGEST_LINE_BYTES } from '../io/files.ts';
import { Children, killGroup, markedEnvironment } from './children.ts';
import type { FromThread, Lines, Said, ThreadData, ToThread } from './exec-messages.ts';

/**
 * Runs in a thread of its own and owns the child process, so that the caller can wait for its answer without an
 * event loop. One line goes to the child for each stimulus, and one comes back.
 */
const { command, port, signal: signalBuffer, children: childrenBuffer } = workerData as ThreadData;
const signal = new Int32Array(signalBuffer);
const children = new Children(childrenBuffer);

/** The request that waits for a line; 0 when none does. */
let waiting = 0;
let child: Child | null = null;

port.on('message', (request: ToThread) => {
  switch (request.type) {
    case 'reset':
      child ??= new Child();
      child.skipTheRest();
      waiting = 0;
      child.write(request.line);
      break;
    case 'ahead':
      waiting = request.request;
      child ??= new Child();
      if (child.hasSpoken) answer({ type: 'unasked', text: child.takeLine() });
      else child.askAll(request);
      break;
    case 'step':
      waiting = request.request;
      child ??= new Child();
      if (child.hasSpoken) answer({ type: 'unasked', text: child.takeLine() });
      else child.ask(request.line);
      break;
    case 'forget':
      child?.skipTheRest();
      waiting = 0;
      break;
    case 'listen':
      waiting = request.request;
      setTimeout(listened, request.afterMs);
      break;
    case 'abandon':
      abandon();
      break;
    case 'close':
      child?.kill();
      port.close();
  }
});

/** Says what a child that was left alone for a while has written meanwhile. */
function listened(): void {
  if (waiting > 0)
    answer(child?.hasSpoken ? { type: 'unasked', text: child.takeLine() } : { type: 'nothing' });
}

function answer(said: Said): void {
  tell(said);
  waiting = 0;
}

/** Tells whoever waits, who may go on waiting. */
function tell(said: Said | Lines, request = waiting): void {
  const hello = child?.takeHello();
  const message: FromThread = { request, said, ...(hello === undefined ? {} : { hello }) };
  port.postMessage(message);
  Atomics.add(signal, 0, 1);
  Atomics.notify(signal, 0);
}

function abandon(): void {
  child?.kill();
  child = null;
  waiting = 0;
}

/** A process, from its start to its end. */
class Child {
  private readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly lines: string[] = [];
  private begun: Buffer[] = [];
  private begunBytes = 0;
  private complaint = new Complaint();
  /** Whether a stimulus was sent that has no answer yet. */
  private isAsked = false;
  /**
   * Of stimuli that were sent ahead: the request, how many answers are still to come, and those that were heard and not
   * told yet. Somebody else may be waiting by then.
   */
  private aheadRequest = 0;
  private expected = 0;
  private heard: string[] = [];
  /** How many answers are still to come that nobody wants any more. */
  private unwanted = 0;
  /** Whether it has written a line before: only the first may be a hello. */
  private hasBegun = false;
  private hello: string | undefined;

  constructor() {
    // Detached: it leads a group, which can be killed as a whole.
    this.process = spawn(command, {
      shell: true,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: markedEnvironment(),
    });
    const { pid, stdin, stdout, stderr } = this.process;
    if (pid !== undefined && !children.add(pid)) this.kill();
    Atomics.store(signal, 1, pid ?? 0);
    // Writing to a process that has ended fails; its exit is reported elsewhere.
    stdin.on('error', () => {});
    stdout.on('data', (chunk: Buffer) => this.take(chunk));
    stderr.on('data', (chunk: Buffer) => {
      this.complaint.add(chunk);
    });
    // It may live on for long, and will never answer. If it has ended, that is told by its end, which comes soon.
    stdout.on('end', () => setTimeout(() => this.fallSilent(), TIME_TO_END_MS));
    this.process.on('error', (error) =>
      this.end({ type: 'died', how: `could not be started (${error.message})` }),
    );
    // Processes that it started may hold its pipes open, and then they would never close.
    this.process.on('exit', () => this.kill());
    this.process.on('close', (code, by) =>
      this.end({ type: 'died', how: by === null ? `ended with exit code ${code}` : `was ended by ${by}` }),
    );
  }

  get hasSpoken(): boolean {
    return this.lines.length > 0;
  }

  write(line: string): void {
    this.process.stdin.write(`${line}\n`);
  }

  /** Sends a stimulus, which one line answers. */
  ask(line: string): void {
    this.isAsked = true;
    this.write(line);
    if (this.process.stdout.readableEnded) setTimeout(() => this.fallSilent(), TIME_TO_END_MS);
  }

  /** Sends several lines, which so many lines answer. */
  askAll({ request, lines, answers }: Extract<ToThread, { type: 'ahead' }>): void {
    this.aheadRequest = request;
    this.expected = answers;
    this.process.stdin.write(`${lines.join('\n')}\n`);
    if (this.process.stdout.readableEnded) setTimeout(() => this.fallSilent(), TIME_TO_END_MS);
  }

  /** Whoever starts over does not want the answers to what was sent ahead. */
  skipTheRest(): void {
    this.unwanted += this.expected;
    this.expected = 0;
    this.heard = [];
  }

  takeLine(): string {
    return this.lines.shift()!;
  }

  /** The hello that was not handed on yet. */
  takeHello(): string | undefined {
    const { hello } = this;
    this.hello = undefined;
    return hello;
  }

  kill(): void {
    if (this.process.pid !== undefined) killGroup(this.process.pid);
  }

  private take(chunk: Buffer): void {
    let start = 0;
    for (;;) {
      const newline = chunk.indexOf(LINE_FEED, start);
      if (newline < 0) break;
      const piece = chunk.subarray(start, newline);
      this.hear((this.begun.length === 0 ? piece : Buffer.concat([...this.begun, piece])).toString());
      this.begun = [];
      this.begunBytes = 0;
      start = newline + 1;
    }
    if (this.heard.length > 0) {
      tell({ type: 'lines', texts: this.heard }, this.aheadRequest);
      this.heard = [];
      if (this.expected === 0 && waiting === this.aheadRequest) waiting = 0;
    }
    const rest = chunk.subarray(start);
    if (rest.length > 0) this.begun.push(rest);
    this.begunBytes += rest.length;
    if (this.begunBytes <= LONGEST_LINE_BYTES && this.lines.length <= MOST_UNASKED_LINES) return;
    this.process.stdout.destroy();
    if (child !== this) return;
    if (waiting > 0) {
      answer({ type: 'too-long' });
      abandon();
      return;
    }
    // Nobody asks now. It is ended, and what it has written is told to the next who asks, before any other is started.
    if (!this.hasSpoken) this.lines.push(Buffer.concat(this.begun).subarray(0, SHOWN_BYTES).toString());
    this.kill();
  }

  private hear(line: string): void {
    const isFirst = !this.hasBegun;
    this.hasBegun = true;
    if (isFirst && HELLO.test(line)) {
      this.hello = line;
      return;
    }
    if (this.unwanted > 0) {
      this.unwanted--;
    } else if (child === this && this.expected > 0) {
      this.expected--;
      this.heard.push(line);
    } else if (child === this && waiting > 0 && this.isAsked && !this.hasSpoken) {
      this.isAsked = false;
      answer({ type: 'line', text: line });
    } else this.lines.push(line);
  }

  private fallSilent(): void {
    if (child === this && waiting > 0 && (this.isAsked || this.expected > 0)) answer({ type: 'closed' });
  }

  private end(said: { type: 'died'; how: string }): void {
    const pid = this.process.pid;
    if (pid !== undefined) children.remove(pid);
    if (child !== this || (waiting === 0 && this.hasSpoken)) return;
    if (waiting > 0) {
      // What was not asked for comes before its end, which may have come of it.
      answer(
        this.hasSpoken
          ? { type: 'unasked', text: this.takeLine() }
          : { ...said, complaint: this.complaint.text },
      );
    }
    child = null;
  }
}

/** What a process says on standard error: its first words and its last, however much it says between them. */
class Complaint {
  private first = '';
  private last = '';

  add(chunk: Buffer): void {
    const rest = LONGEST_COMPLAINT - this.first.length;
    const text = chunk.toString();
    this.first += text.slice(0, rest);
    this.last = `${this.last}${text.slice(Math.max(0, rest))}`.slice(-LONGEST_COMPLAINT);
  }

  get text(): string {
    return `${this.first}${this.last}`;
  }
}

/** How a line begins by which a process introduces itself. */
const HELLO = /^\s*\{\s*"hello"\s*:/;

const LONGEST_COMPLAINT = 2_000;
const SHOWN_BYTES = 200;
const TIME_TO_END_MS = 200;
const LINE_FEED = 0x0a;
const MOST_UNASKED_LINES = 1_000;
