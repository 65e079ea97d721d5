import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commitIn } from './commit.ts';
import type { Workshop } from './record.ts';

/** The root of this package, from its source or from what was built. */
export const PACKAGE_ROOT = rootAbove(dirname(realpathSync(fileURLToPath(import.meta.url))));

/** Of this package, as its package.json says. */
export const VERSION: string = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')).version;

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

function rootAbove(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : rootAbove(dirname(directory));
}
