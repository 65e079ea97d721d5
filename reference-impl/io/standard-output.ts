import { fstatSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isatty } from 'node:tty';

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
