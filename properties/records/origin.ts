import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../reference-impl/io/package-root.ts';
import { commitIn } from './commit.ts';
import type { Workshop } from './record.ts';

/** Of this package, as its package.json says. */
export const VERSION: string = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version;

/** The commit of the working directory; null where there is none, or it cannot be read. */
export function commitHere(): string | null {
  try {
    return commitIn(process.cwd());
  } catch {
    // The commit is a hint, and it is no fault if there is none.
    return null;
  }
}

/** The versions in use now, for the origin of a record. */
export function workshopHere(): Workshop {
  return { version: VERSION, commit: commitHere(), node: process.version };
}
