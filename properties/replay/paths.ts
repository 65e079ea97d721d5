import { basename, isAbsolute, relative } from 'node:path';

/** File names to show in exported files, which may be opened on another computer. */

/** A file as others may see it: relative to the working directory if it is below it, else by its name alone. */
export function withoutDirectories(path: string): string {
  if (!isAbsolute(path)) return path;
  const below = relative(process.cwd(), path);
  return below.startsWith('..') || isAbsolute(below) ? basename(path) : below;
}

/** A command with the names alone of files that it names by absolute paths. */
export function commandWithoutDirectories(command: string): string {
  return command.replaceAll(/(?<![\w./])\/(?:[^\s'"/]+\/)+/g, '');
}
