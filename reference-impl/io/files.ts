import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { threadId } from 'node:worker_threads';
import { InputError } from '../../model/input-error.ts';

/** The longest line that is read, in bytes. Longer ones cannot be a step, and would fill the memory. */
export const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

/** A file that cannot be read or written. Unlike that of other input errors, its message names the file already. */
export class FileError extends InputError {}

/** The error with the file's name before its message, unless it is there already. */
export function inFile(path: string, error: InputError): InputError {
  return error instanceof FileError ? error : new FileError(`${nameOf(path)}: ${error.message}`);
}

/**
 * The lines of a file, or of standard input if `path` is `-`, as they arrive, without their line ends (LF or CRLF).
 * Memory is bounded by the longest line. A byte order mark is left where it is.
 *
 * @param expected what the lines are of, for the message to somebody who gave another file.
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

/**
 * The whole text of a regular file, which is UTF-8.
 *
 * @throws FileError when it cannot be read, is not a regular file, or is not UTF-8.
 */
export function readWhole(path: string): string {
  let bytes: Buffer;
  try {
    if (!statSync(path).isFile()) throw new FileError(`${nameOf(path)}: is not a regular file; name one`);
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError(`${nameOf(path)}: ${whyNotRead(error)}`);
  }
  if (!isUtf8(bytes)) throw new FileError(`${nameOf(path)}: is not valid UTF-8; save the file as UTF-8`);
  return bytes.toString();
}

/**
 * Looks whether files can be written below a directory, which need not be there yet: before work whose result would
 * have no place to go.
 *
 * @throws FileError when they cannot.
 */
export function refuseUnwritable(directory: string): void {
  if (directory === '')
    throw new FileError('an empty name: is not a directory; name a directory to write to');
  let nearest = resolve(directory);
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  if (!statSync(nearest).isDirectory()) {
    const where = nearest === resolve(directory) ? '' : `${nameOf(nearest)} `;
    throw new FileError(`${nameOf(directory)}: ${where}is a file, not a directory; name another place`);
  }
  try {
    // Rights do not tell all: there are places, such as /proc, in which nobody may make anything.
    rmdirSync(mkdtempSync(join(nearest, '.xx-')));
  } catch (error) {
    throw new FileError(`${nameOf(directory)}: ${whyNotWritten(error)}`);
  }
}

/**
 * The same of one file, which may or may not be there already.
 *
 * @throws FileError when it cannot be written.
 */
export function refuseUnwritableFile(path: string): void {
  if (path === '' || (existsSync(path) && statSync(path).isDirectory())) {
    throw new FileError(`${nameOf(path) || 'an empty name'}: is not a file; name a file to write`);
  }
  refuseUnwritable(dirname(path));
}

/**
 * Writes a text file so that it is there as a whole or not at all, whatever happens meanwhile: it is written beside,
 * flushed to the disk, and renamed. Missing directories are made. If `path` is a symbolic link, the link is replaced
 * and its target left alone.
 *
 * @param text as a whole, or in pieces that are made as they are written.
 * @throws FileError when it cannot be written; then nothing has changed.
 */
export function writeWhole(path: string, text: string | Iterable<string>): void {
  const directory = dirname(path);
  const beside = join(directory, `.${basename(path)}.${process.pid}-${threadId}.tmp`);
  try {
    makeDirectories(directory);
    rmSync(beside, { force: true });
    try {
      writeAndFlush(beside, text);
      renameSync(beside, path);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  } catch (error) {
    throw new FileError(`${nameOf(path)}: ${whyNotWritten(error)}`);
  }
  flushDirectory(directory);
}

/** Makes a directory and those above it, one by one: asked to do it at once, Node 20 never returns below /proc. */
function makeDirectories(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectories(dirname(directory));
  try {
    mkdirSync(directory);
  } catch (error) {
    // Another worker may have made it in the meantime.
    if (!existsSync(directory)) throw error;
  }
}

/** The name under which messages speak of a path. */
export function nameOf(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a file may have a newline in its name, a message may not
  return path === '-' ? 'standard input' : path.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
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

function whyNotRead(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file; check the name, or use - for standard input';
    case 'EISDIR':
      return 'is a directory; name a file in it';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this user; check its permissions (ls -l)';
    case 'ELOOP':
      return 'is a symbolic link that leads in a circle';
    default:
      return `cannot be read (${codeOf(error)})`;
  }
}

function whyNotWritten(error: unknown): string {
  switch (codeOf(error)) {
    case 'EISDIR':
    case 'ENOTEMPTY':
      return 'is a directory; name a file to write';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'may not be written by this user; name another place';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'is below a file, not a directory; name another place';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full; make room, or name another place';
    default:
      return `cannot be written (${codeOf(error)})`;
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

/** Made anew (`wx`), so that nothing already standing under that name is written through. */
function writeAndFlush(path: string, text: string | Iterable<string>): void {
  const file = openSync(path, 'wx');
  try {
    for (const piece of typeof text === 'string' ? [text] : text) writeFileSync(file, piece);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The rename itself survives a crash only once the directory is flushed; some systems cannot do that, and need not. */
function flushDirectory(directory: string): void {
  try {
    const file = openSync(directory, 'r');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    codeOf(error);
  }
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
