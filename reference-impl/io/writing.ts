import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isatty } from 'node:tty';
import { threadId } from 'node:worker_threads';
import { codeOf, FileError, nameOf, whyNotWritten } from './file-error.ts';

/**
 * Checks that files can be written below a directory, which need not exist yet: before work whose result would have no
 * place to go.
 *
 * @throws FileError when they cannot.
 */
export function refuseUnwritable(directory: string): void {
  if (directory === '')
    throw new FileError('an empty name: is not a directory; name a directory to write to');
  written(directory, () => tryDirectory(directory));
}

/**
 * The same for one file, which may or may not exist.
 *
 * @throws FileError when it cannot be written.
 */
export function refuseUnwritableFile(path: string): void {
  if (path === '' || path.endsWith('/') || isDirectory(path)) {
    throw new FileError(`${nameOf(path) || 'an empty name'}: is not a file; name a file to write`);
  }
  written(path, () => {
    // A pipe is not opened early: closing it again would look to its reader like the end.
    if (isWrittenInPlace(path)) return accessSync(path, constants.W_OK);
    tryDirectory(dirname(path));
    lookUp(join(nearestAbove(path), basename(path)));
  });
}

/**
 * Writes a text file so that it is there as a whole or not at all, whatever happens meanwhile: it is written to a
 * temporary file, flushed to the disk, and renamed. Missing directories are made. If `path` is a symbolic link, the
 * link is replaced and its target left alone. Devices, pipes and what the system keeps under `/dev` and `/proc` are not
 * replaced: they are written to.
 *
 * @param text as a whole, or in pieces that are made as they are written.
 * @throws FileError when it cannot be written; then nothing has changed.
 */
export function writeWhole(path: string, text: string | Iterable<string>): void {
  const file = beginFile(path);
  try {
    for (const piece of typeof text === 'string' ? [text] : text) file.write(piece);
    file.end();
  } catch (error) {
    file.discard();
    throw error;
  }
}

/** A text file that is written piece by piece. */
export interface BegunFile {
  /** @throws FileError when it cannot be written; then it is to be discarded or ended as it is. */
  write(piece: string): void;
  /** Puts it in its place. @throws FileError when that cannot be done. */
  end(): void;
  /** Leaves no trace of it, except where it is written in place. May be called at any time, and more than once. */
  discard(): void;
}

/**
 * Begins a text file like one of {@link writeWhole}, for as long as it takes to make its text: it is there once it is
 * ended, as a whole. What is written in place can be read at once.
 *
 * @throws FileError when it cannot be written; then nothing has changed.
 */
export function beginFile(path: string): BegunFile {
  const begun = written(path, () => (isWrittenInPlace(path) ? beginInPlace(path) : beginBeside(path)));
  return {
    write: (piece) => written(path, () => begun.write(piece)),
    end: () => written(path, begun.end),
    discard: begun.discard,
  };
}

/** Whether what is written to a path would come where standard output goes, as with `/dev/stdout`. */
export function isStandardOutput(path: string): boolean {
  if (NAMES_OF_OUTPUT.includes(resolve(path))) return true;
  try {
    const [there, output] = [statSync(path), fstatSync(STANDARD_OUTPUT)];
    // What is written to a device such as /dev/null goes nowhere, whoever writes.
    const isSink = output.isCharacterDevice() && !isatty(STANDARD_OUTPUT);
    return !isSink && there.dev === output.dev && there.ino === output.ino;
  } catch {
    return false;
  }
}

const STANDARD_OUTPUT = 1;
const NAMES_OF_OUTPUT = ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'];

/** Takes a file away, if it is there. @throws FileError when that cannot be done. */
export function removeFile(path: string): void {
  written(path, () => rmSync(path, { force: true }));
}

/** Does something to a path, and says in words why the system refuses. */
function written<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(`${nameOf(path)}: ${whyNotWritten(error)}`);
  }
}

function tryDirectory(directory: string): void {
  const whole = resolve(directory);
  const nearest = nearestAbove(whole);
  if (!statSync(nearest).isDirectory()) {
    const where = nearest === whole ? '' : `${nameOf(nearest)} `;
    throw new FileError(`${nameOf(directory)}: ${where}is a file, not a directory; name another place`);
  }
  // Permissions are not enough: in some places, such as /proc, no file can be created.
  rmdirSync(mkdtempSync(join(nearest, '.xx-')));
  for (const name of whole.slice(nearest.length).split('/')) lookUp(join(nearest, name));
}

/** The path, or the nearest directory above it that is there. */
function nearestAbove(path: string): string {
  let nearest = resolve(path);
  while (lookUp(nearest) === undefined && dirname(nearest) !== nearest) nearest = dirname(nearest);
  return nearest;
}

/** What is there, links not followed; fails when the name is too long or the directory cannot be searched. */
function lookUp(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // Below a file there is nothing.
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

function isDirectory(path: string): boolean {
  let is = false;
  written(path, () => {
    is = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  });
  return is;
}

/** Whether something stands there that a file must not take the place of. */
function isWrittenInPlace(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined || status.isDirectory()) return false;
  if (status.isBlockDevice()) throw new FileError(`${nameOf(path)}: is a disk; name a file to write`);
  if (!status.isFile()) return true;
  // `/dev/stdout` leads to a file when standard output does.
  return lookUp(path)!.isSymbolicLink() && /^\/(dev|proc)(\/|$)/.test(realpathSync(dirname(path)));
}

/** Appended, since what is written to may be a file that is standard output as well. */
function beginInPlace(path: string): BegunFile {
  const { O_WRONLY, O_APPEND, O_NONBLOCK } = constants;
  // Opening a pipe without a reader would block forever: this first look at it fails instead.
  const look = openSync(path, O_WRONLY | O_APPEND | O_NONBLOCK);
  let file: number;
  try {
    file = openSync(path, O_WRONLY | O_APPEND);
  } finally {
    closeSync(look);
  }
  const close = once(() => closeSync(file));
  return { write: (piece) => writeFileSync(file, piece), end: close, discard: close };
}

function beginBeside(path: string): BegunFile {
  const directory = dirname(path);
  // Only the beginning of a long name, so that the temporary name is not too long.
  const beside = join(directory, `.${basename(path).slice(0, 50)}.${process.pid}-${threadId}.tmp`);
  makeDirectories(directory);
  rmSync(beside, { force: true });
  // Created exclusively (`wx`), so that nothing that already has this name is written to.
  const file = openSync(beside, 'wx');
  const close = once(() => closeSync(file));
  const remove = once(() => rmSync(beside, { force: true }));
  return {
    write: (piece) => writeFileSync(file, piece),
    end() {
      fsyncSync(file);
      close();
      renameSync(beside, path);
      flushDirectory(directory);
    },
    discard() {
      close();
      remove();
    },
  };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
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
