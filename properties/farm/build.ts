import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../model/input-error.ts';
import { builtFile } from '../../reference-impl/io/package-root.ts';
import { VERSION } from '../records/origin.ts';

/** Which program plays: a block is the same only where all of this is the same. */
export interface Build {
  /** Of this package. */
  readonly version: string;
  /** Of everything that decides how a run goes: eight hexadecimal digits. */
  readonly digest: string;
}

let known: Build | undefined;

/** The build of this package: of the file that a thread of a worker begins with, and of all that it imports. */
export function buildHere(): Build {
  known ??= { version: VERSION, digest: digestOf(fileURLToPath(builtFile('properties/farm/thread.js'))) };
  return known;
}

/** Eight hexadecimal digits of a module and of all that it imports beside it. @param beginning its file. */
export function digestOf(beginning: string): string {
  const hash = createHash('sha256');
  const files = new Set([beginning]);
  // A set gives what is added while it is gone through.
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    hash.update(text);
    for (const [, imported] of text.matchAll(IMPORTED)) files.add(join(dirname(file), imported!));
  }
  return hash.digest('hex').slice(0, 8);
}

/** What a bundle imports of the files beside it, also when it is asked for. */
const IMPORTED = /(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+\.js)["']/g;

/** SHA-256 of a file, as a campaign names it. @throws InputError when it cannot be read. */
export function digestOfFile(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    throw new InputError(`--goals: ${file}: cannot be read; check the name`);
  }
}
