import { fstatSync, statSync } from 'node:fs';

/** Whether a path leads to where the standard output of this process goes; of a device that says nothing. */
export function isStandardOutput(path: string): boolean {
  try {
    const own = fstatSync(STDOUT);
    const other = statSync(path);
    return (
      NAMES.includes(path) || (!own.isCharacterDevice() && own.dev === other.dev && own.ino === other.ino)
    );
  } catch {
    // What is not there yet is not standard output.
    return false;
  }
}

const STDOUT = 1;
const NAMES = ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'];
