import {
  accessSync,
  constants,
  lstatSync,
  mkdtempSync,
  realpathSync,
  rmdirSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, FileError, nameOf, whyNotWritten } from './file-error.ts';

/** Whether a path can be written, before there is anything to write. */

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

/** Whether two paths lead to one file, which is there or is going to be: under whatever names, and through links. */
export function isSameFile(one: string, other: string): boolean {
  if (resolve(one) === resolve(other)) return true;
  try {
    const [first, second] = [statSync(one), statSync(other)];
    return first.isFile() && first.dev === second.dev && first.ino === second.ino;
  } catch {
    // What is not there yet, or cannot be looked at, is no file that could be written over.
    return false;
  }
}

/** Does something to a path, and says in words why the system refuses. */
export function written<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    return refuse(path, error);
  }
}

/** @throws FileError that says why the system refuses. */
export function refuse(path: string, error: unknown): never {
  throw error instanceof FileError ? error : new FileError(`${nameOf(path)}: ${whyNotWritten(error)}`);
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
export function isWrittenInPlace(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined || status.isDirectory()) return false;
  if (status.isBlockDevice()) throw new FileError(`${nameOf(path)}: is a disk; name a file to write`);
  if (!status.isFile()) return true;
  // `/dev/stdout` leads to a file when standard output does.
  return lookUp(path)!.isSymbolicLink() && /^\/(dev|proc)(\/|$)/.test(realpathSync(dirname(path)));
}
