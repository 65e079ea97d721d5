import { InputError } from '../../model/input-error.ts';
import { printable } from '../../model/printable.ts';

/** A file that cannot be read or written. Unlike other input errors, its message already names the file. */
export class FileError extends InputError {}

/** The error with the file's name before its message, unless it is there already. */
export function inFile(path: string, error: InputError): InputError {
  return error instanceof FileError ? error : new FileError(`${nameOf(path)}: ${error.message}`);
}

/** The name under which messages speak of a path. */
export function nameOf(path: string): string {
  return path === '-' ? 'standard input' : printable(path);
}

/** Why the system could not read, in words. @throws the error when it does not come from the system. */
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
      return 'is a symbolic link that points back to itself';
    case 'ENAMETOOLONG':
      return 'is too long for a name; check it';
    default:
      return `cannot be read (${codeOf(error)})`;
  }
}

/** Why the system could not write, in words. @throws the error when it does not come from the system. */
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
      return 'is or lies under a symbolic link that points back to itself; name another place';
    case 'ENAMETOOLONG':
      return 'is too long for a name; name another place';
    case 'ENXIO':
      return 'is a pipe or a socket without a reader; start its reader first';
    case 'EPIPE':
      return 'is a pipe whose reader has closed it';
    default:
      return `cannot be written (${codeOf(error)})`;
  }
}

/** The code of a system error. @throws the error when it has none. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
