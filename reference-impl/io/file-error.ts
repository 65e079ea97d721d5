import { InputError } from '../../model/input-error.ts';
import { printable } from '../../model/printable.ts';

/** A file that cannot be read or written. Unlike that of other input errors, its message names the file already. */
export class FileError extends InputError {}

/** The error with the file's name before its message, unless it is there already. */
export function inFile(path: string, error: InputError): InputError {
  return error instanceof FileError ? error : new FileError(`${nameOf(path)}: ${error.message}`);
}

/** The name under which messages speak of a path. */
export function nameOf(path: string): string {
  return path === '-' ? 'standard input' : printable(path);
}

/** What the system has said of reading, in words. @throws the error when the system has not said it. */
export function whyNotRead(error: unknown): string {
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
    case 'ENAMETOOLONG':
      return 'is too long for a name; check it';
    default:
      return `cannot be read (${codeOf(error)})`;
  }
}

/** What the system has said of writing, in words. @throws the error when the system has not said it. */
export function whyNotWritten(error: unknown): string {
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
    case 'ELOOP':
      return 'is or lies under a symbolic link that leads in a circle; name another place';
    case 'ENAMETOOLONG':
      return 'is too long for a name; name another place';
    case 'ENXIO':
      return 'is a pipe or a socket that nobody reads; start its reader first';
    case 'EPIPE':
      return 'is a pipe whose reader has left';
    default:
      return `cannot be written (${codeOf(error)})`;
  }
}

/** The code of an error of the system. @throws the error when it is none. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
