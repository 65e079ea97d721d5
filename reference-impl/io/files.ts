import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  createReadStream,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { FileError, nameOf, whyNotRead } from './file-error.ts';

export { FileError, inFile, nameOf } from './file-error.ts';
export {
  type BegunFile,
  beginFile,
  refuseUnwritable,
  refuseUnwritableFile,
  removeFile,
  writeWhole,
} from './writing.ts';

/** The longest line that is read, in bytes. Longer ones cannot be a step, and would fill the memory. */
export const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

/**
 * The lines of a file, or of standard input if `path` is `-`, as they arrive, without their line ends (LF or CRLF).
 * Memory is bounded by the longest line. A byte order mark is left where it is.
 *
 * @param expected what the lines should contain, for the message when they do not.
 * @throws FileError when the file cannot be read, is not UTF-8, or has a line longer than {@link LONGEST_LINE_BYTES}.
 */
export async function* readLines(
  path: string,
  expected = 'JSON lines',
): AsyncGenerator<string, void, undefined> {
  const name = nameOf(path);
  let lineNumber = 1;
  let begun: Buffer[] = [];
  let begunBytes = 0;
  for await (const chunk of readChunks(path)) {
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
  if (begunBytes > 0) yield decodeLine(Buffer.concat(begun), name, lineNumber);
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

async function* readChunks(path: string): AsyncGenerator<Buffer, void, undefined> {
  const source = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 256 * 1024 });
  try {
    for await (const chunk of source) yield chunk as Buffer;
  } catch (error) {
    throw new FileError(`${nameOf(path)}: ${whyNotRead(error)}`);
  }
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
