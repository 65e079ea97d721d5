import { clearInterval, setInterval } from 'node:timers';
import { createLogUpdate } from 'log-update';
import { stopSign } from './stop-sign.ts';

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Streams {
  readonly out: OutputStream;
  readonly err: OutputStream;
}

/** A stream that may be a terminal. */
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** Writes lines in large pieces, and waits while the reader is slow. */
export class LineWriter {
  private readonly stream: OutputStream;
  private pending = '';

  constructor(stream: OutputStream) {
    this.stream = stream;
  }

  /** Takes a line without its newline; it is written at the latest by {@link flush}. */
  async line(text: string): Promise<void> {
    this.pending += `${text}\n`;
    if (this.pending.length >= PIECE) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.pending === '') return;
    const piece = this.pending;
    this.pending = '';
    if (!this.stream.write(piece)) await drained(this.stream);
  }
}

/**
 * Resolves when a stream takes more, or never will because its reader has gone; and a moment after a signal, also if its
 * reader has stopped reading.
 */
export function drained(stream: OutputStream): Promise<void> {
  return new Promise((resolve) => {
    if (!stream.writable) return resolve();
    const clock = setInterval(() => {
      if (stopSign().isPatienceOver) over();
    }, LOOK_EVERY_MS);
    const over = (): void => {
      clearInterval(clock);
      for (const event of ENDS) stream.removeListener(event, over);
      resolve();
    };
    for (const event of ENDS) stream.on(event, over);
  });
}

const LOOK_EVERY_MS = 50;

const ENDS = ['drain', 'error', 'close'] as const;

/** What keeps a stream from taking any more, if anything does. */
export interface StreamWatch {
  /** The error, once every write has succeeded or failed; null when all of them succeeded. */
  failure(): Promise<NodeJS.ErrnoException | null>;
}

/** Handles the failure of a stream of this process: what is written to it afterwards is lost, and the work goes on. */
export function watchStream(stream: NodeJS.WriteStream): StreamWatch {
  neverWait(stream);
  let failed: NodeJS.ErrnoException | null = null;
  stream.on('error', (error) => {
    failed ??= error;
  });
  return {
    async failure() {
      if (failed === null) await Promise.race([written(stream), patienceOver()]);
      // The callback comes before the event.
      await new Promise((resolve) => setImmediate(resolve));
      return failed;
    },
  };
}

/**
 * Whoever writes to a terminal that was stopped, by Ctrl-S or by whoever shows it, would wait in the middle of that, and
 * hear no signal. Node has no other way to say that it should not.
 */
function neverWait(stream: NodeJS.WriteStream): void {
  if (!stream.isTTY) return;
  const { _handle: handle } = stream as { _handle?: { setBlocking?: (isBlocking: boolean) => void } };
  handle?.setBlocking?.(false);
}

function written(stream: NodeJS.WriteStream): Promise<unknown> {
  return new Promise((resolve) => stream.write('', resolve));
}

/** Resolves a moment after a signal; without one never. It keeps no process alive. */
function patienceOver(): Promise<void> {
  return new Promise((resolve) => {
    const clock = setInterval(() => {
      if (!stopSign().isPatienceOver) return;
      clearInterval(clock);
      resolve();
    }, LOOK_EVERY_MS);
    clock.unref();
  });
}

/** Whether a stream failed because its reader has closed it, or hung up. */
export function isOfReader({ code = '' }: NodeJS.ErrnoException): boolean {
  return ['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'].includes(code);
}

const PIECE = 65_536;

/**
 * One line on a terminal that is written over as work goes on; nothing at all in a pipe, or on a terminal that cannot
 * move its cursor.
 */
export interface ProgressLine {
  show(text: string): void;
  /** Wipes the line, so that what follows starts where it stood. */
  clear(): void;
}

export function progressLine(stream: OutputStream): ProgressLine {
  if (stream.isTTY !== true || process.env.TERM === 'dumb') return { show() {}, clear() {} };
  const update = createLogUpdate(stream as NodeJS.WriteStream);
  return { show: (text) => update(text), clear: () => update.clear() };
}
