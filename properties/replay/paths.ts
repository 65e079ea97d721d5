import { basename, isAbsolute, relative } from 'node:path';

/** Names for files that are handed on: whoever opens them has other directories. */

/** A file as somebody else may see it: below the working directory from there, elsewhere by its name alone. */
export function withoutDirectories(path: string): string {
  if (!isAbsolute(path)) return path;
  const below = relative(process.cwd(), path);
  return below.startsWith('..') || isAbsolute(below) ? basename(path) : below;
}

/** A command with the names alone of files that it names by absolute paths. */
export function commandWithoutDirectories(command: string): string {
  return command.replaceAll(/(?<![\w./])\/(?:[^\s'"/]+\/)+/g, '');
}
