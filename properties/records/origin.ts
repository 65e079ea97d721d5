import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Workshop } from './record.ts';

/** The root of this package, from its source or from what was built. */
export const PACKAGE_ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)));

/** Of this package, as its package.json says. */
export const VERSION: string = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')).version;

/** The commit of the working directory, with `-dirty` when files differ from it; null outside of version control. */
export function commitHere(): string | null {
  try {
    const described = execFileSync('git', ['describe', '--always', '--dirty', '--exclude=*', '--abbrev=12'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: LONGEST_GIT_MS,
    });
    return described.trim() || null;
  } catch {
    // No git, no repository, no commit yet: where it came from is a hint, and its absence no fault.
    return null;
  }
}

/** What is at work here and now, for the origin of a record. */
export function workshopHere(): Workshop {
  return { version: VERSION, commit: commitHere(), node: process.version };
}

const LONGEST_GIT_MS = 5_000;

function rootAbove(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : rootAbove(dirname(directory));
}
