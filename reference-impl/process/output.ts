import { createLogUpdate } from 'log-update';

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Streams {
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
}

/** Writes lines in large pieces, and waits while whoever reads them is slow. */
export class LineWriter {
  private readonly stream: NodeJS.WriteStream;
  private pending = '';

  constructor(stream: NodeJS.WriteStream) {
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

export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  if (!stream.isTTY) return { show() {}, clear() {} };
  const update = createLogUpdate(stream);
  return { show: (text) => update(text), clear: () => update.clear() };
}
