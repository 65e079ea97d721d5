import { createLogUpdate } from 'log-update';

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
    if (!this.stream.write(piece)) await new Promise((resolve) => this.stream.once('drain', resolve));
  }
}

const PIECE = 65_536;

/** One line on a terminal that is written over as work goes on; nothing at all in a pipe. */
export interface ProgressLine {
  show(text: string): void;
  /** Wipes the line, so that what follows starts where it stood. */
  clear(): void;
}

export function progressLine(stream: OutputStream): ProgressLine {
  if (stream.isTTY !== true) return { show() {}, clear() {} };
  const update = createLogUpdate(stream as NodeJS.WriteStream);
  return { show: (text) => update(text), clear: () => update.clear() };
}
