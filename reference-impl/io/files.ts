import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  constants,
  createReadStream,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { FileError, nameOf, whyNotRead } from './file-error.ts';

export { FileError, inFile, nameOf } from './file-error.ts';
export { isStandardOutput } from './standard-output.ts';
export { isSameFile, refuseUnwritable, refuseUnwritableFile } from './writable.ts';
export { type BegunFile, beginFile, removeFile, writeBytes, writeNamed, writeWhole } from './writing.ts';

/** The longest line that is read, in bytes. Longer ones cannot be a step, and would fill the memory. */
export const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

/**
 * The lines of a file, or of standard input if `path` is `-`, as they arrive, without their line ends (LF or CRLF).
 * Memory is bounded by the longest line. A byte order mark is left where it is.
 *
 * @param how.expected what the lines should contain, for the message when they do not.
 * @param how.stopped ends the lines early, also while the next is waited for.
 * @throws FileError when the file cannot be read, is not UTF-8, or has a line longer than {@link LONGEST_LINE_BYTES}.
 */
export async function* readLines(
  path: string,
  { expected = 'JSON lines', stopped }: { expected?: string; stopped?: AbortSignal | undefined } = {},
): AsyncGenerator<string, void, undefined> {
  const name = nameOf(path);
  let lineNumber = 1;
  let begun: Buffer[] = [];
  let begunBytes = 0;
  for await (const chunk of readChunks(path, stopped)) {
    let start = 0;
    for (;;) {
      const newline = chunk.indexOf(LINE_FEED, start);
      const end = newline === -1 ? chunk.length : newline;
      if (begunBytes + end - start > LONGEST_LINE_BYTES) {
        const limit = `${LONGEST_LINE_BYTES / 1024 / 1024} MiB`;
        throw new FileError(
          `${name}: line ${lineNumber} is longer than ${limit}; is this a file of ${expected}?`,
        );
      }
      const piece = chunk.subarray(start, end);
      if (newline === -1) {
        if (piece.length > 0) begun.push(piece);
        begunBytes += piece.length;
        break;
      }
      yield decodeLine(begun.length === 0 ? piece : Buffer.concat([...begun, piece]), name, lineNumber);
      lineNumber++;
      start = newline + 1;
      begun = [];
      begunBytes = 0;
    }
  }
  if (begunBytes > 0 && stopped?.aborted !== true) yield decodeLine(Buffer.concat(begun), name, lineNumber);
}

/** What is read as a whole has to fit into a string with room to spare. */
const LARGEST_WHOLE_BYTES = 64 * 1024 * 1024;

/**
 * The whole text of a regular file, which is UTF-8.
 *
 * @throws FileError when it cannot be read, is not a regular file, or is not UTF-8.
 */
export function readWhole(path: string): string {
  let bytes: Buffer;
  try {
    const status = statSync(path);
    if (!status.isFile()) throw new FileError(`${nameOf(path)}: is not a regular file; name one`);
    if (status.size > LARGEST_WHOLE_BYTES) {
      throw new FileError(
        `${nameOf(path)}: is larger than ${LARGEST_WHOLE_BYTES / 1024 / 1024} MiB (${status.size} bytes), too large to be read as a whole`,
      );
    }
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError(`${nameOf(path)}: ${whyNotRead(error)}`);
  }
  if (!isUtf8(bytes)) throw new FileError(`${nameOf(path)}: is not valid UTF-8; save the file as UTF-8`);
  return bytes.toString();
}

/**
 * How a regular file begins: enough to tell what it is, however large it is. Empty for anything else, which is refused
 * when all of it is read.
 */
export function beginningOf(path: string): string {
  try {
    if (!statSync(path).isFile()) return '';
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(BEGINNING_BYTES);
      return bytes.toString('utf8', 0, readSync(file, bytes, 0, BEGINNING_BYTES, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

const BEGINNING_BYTES = 4096;

/**
 * What stands under a path, links not followed; undefined when nothing does.
 *
 * @throws FileError when that cannot be told.
 */
export function statusOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new FileError(`${nameOf(path)}: ${whyNotRead(error)}`);
  }
}

async function* readChunks(
  path: string,
  stopped: AbortSignal | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    const source = sourceOf(path);
    const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await unlessStopped(chunks.next(), stopped);
        if (next === null || next.done === true) return;
        yield next.value;
      }
    } finally {
      source.destroy();
    }
  } catch (error) {
    throw new FileError(`${nameOf(path)}: ${whyNotRead(error)}`);
  }
}

/**
 * A file, or standard input if `path` is `-`, as it arrives. A named pipe is opened without waiting for its writer: a
 * thread that waits inside the system cannot be ended.
 */
export function sourceOf(path: string): Readable {
  if (path === '-') return process.stdin;
  const isPipe = process.platform === 'linux' && statSync(path, { throwIfNoEntry: false })?.isFIFO() === true;
  if (!isPipe) return createReadStream(path, { highWaterMark: 256 * 1024 });
  return new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), writable: false });
}

/** What comes, or null if there is a stop before. Nothing is left with the signal that would grow from call to call. */
function unlessStopped<Value>(
  coming: Promise<Value>,
  stopped: AbortSignal | undefined,
): Promise<Value | null> {
  if (stopped === undefined) return coming;
  if (stopped.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(null);
    stopped.addEventListener('abort', stop, { once: true });
    coming.finally(() => stopped.removeEventListener('abort', stop)).then(resolve, reject);
  });
}

function decodeLine(line: Buffer, name: string, lineNumber: number): string {
  if (!isUtf8(line)) {
    const utf16 = (line[0] === 0xff && line[1] === 0xfe) || (line[0] === 0xfe && line[1] === 0xff);
    const hint = utf16 ? 'it looks like UTF-16; save the file as UTF-8' : 'save the file as UTF-8';
    throw new FileError(`${name}: line ${lineNumber} is not valid UTF-8; ${hint}`);
  }
  const end = line.at(-1) === CARRIAGE_RETURN ? line.length - 1 : line.length;
  return line.toString('utf8', 0, end);
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
