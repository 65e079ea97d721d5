import { isUtf8 } from 'node:buffer';
import { LONGEST_LINE_BYTES } from './files.ts';

/** A line as it was cut off: its text, or why it has none. */
export type CutLine = { readonly text: string } | { readonly unreadable: string };

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts bytes into lines as they arrive. Half a line is kept until the rest of it comes; a line that is too long or no
 * UTF-8 is said to be so, and the next one is read.
 */
export class LineCutter {
  private begun: Buffer[] = [];
  private begunBytes = 0;

  /** The lines that a chunk ends, without their line ends. */
  *cut(chunk: Buffer): Generator<CutLine, void, undefined> {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, start);
      this.keep(chunk.subarray(start, end === -1 ? chunk.length : end));
      if (end === -1) return;
      start = end + 1;
      yield this.line();
    }
  }

  /** The line that was begun and never ended; null when there is none. */
  rest(): CutLine | null {
    return this.begunBytes === 0 ? null : this.line();
  }

  private keep(piece: Buffer): void {
    this.begunBytes += piece.length;
    // What is too long is only counted.
    if (this.begunBytes > LONGEST_LINE_BYTES) this.begun = [];
    else if (piece.length > 0) this.begun.push(piece);
  }

  private line(): CutLine {
    const { begun, begunBytes } = this;
    this.begun = [];
    this.begunBytes = 0;
    if (begunBytes > LONGEST_LINE_BYTES) {
      return {
        unreadable: `is longer than ${LONGEST_LINE_BYTES / 1024 / 1024} MiB (${begunBytes} bytes); no step is`,
      };
    }
    const bytes = begun.length === 1 ? begun[0]! : Buffer.concat(begun);
    if (!isUtf8(bytes)) return { unreadable: 'is not valid UTF-8; write the log as UTF-8' };
    const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
    return { text: bytes.toString('utf8', 0, end) };
  }
}
