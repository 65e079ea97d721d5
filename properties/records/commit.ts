import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The commit that is checked out in a directory, or in one above it: twelve hexadecimal digits; null outside of version
 * control. It is read from the files of git and nothing is run, since git runs what the repository that it stands in
 * configures, and that may be anybody's.
 */
export function commitIn(directory: string): string | null {
  const repository = repositoryAt(resolve(directory));
  if (repository === null) return null;
  // A worktree has a HEAD of its own, and shares the rest.
  const shared = shortText(join(repository, 'commondir'));
  const places = shared === null ? [repository] : [repository, resolve(repository, shared)];
  let value = shortText(join(repository, 'HEAD'));
  for (let hops = 0; hops < MOST_HOPS && value !== null; hops++) {
    if (HASH.test(value)) return value.slice(0, DIGITS_SHOWN);
    const [, ref] = REF.exec(value) ?? [];
    if (ref === undefined || ref.includes('..')) return null;
    value = firstOf(places, (place) => shortText(join(place, ref)) ?? packed(place, ref));
  }
  return null;
}

/** The directory in which git keeps a repository: `.git`, or where a file of that name says. */
function repositoryAt(directory: string): string | null {
  const path = join(directory, '.git');
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory()) return path;
  const [, elsewhere] = /^gitdir: (.+)$/.exec(shortText(path) ?? '') ?? [];
  if (elsewhere !== undefined) return resolve(directory, elsewhere);
  return dirname(directory) === directory ? null : repositoryAt(dirname(directory));
}

function packed(place: string, ref: string): string | null {
  const line = textOf(join(place, 'packed-refs'), LARGEST_PACK_BYTES)
    ?.split('\n')
    .find((candidate) => candidate.endsWith(` ${ref}`));
  return line?.split(' ')[0] ?? null;
}

function shortText(path: string): string | null {
  return textOf(path, LONGEST_REF_BYTES)?.trim() ?? null;
}

/** The text of a regular file that is no larger than it should be; null of anything else. */
function textOf(path: string, mostBytes: number): string | null {
  const status = statSync(path, { throwIfNoEntry: false });
  return status?.isFile() && status.size <= mostBytes ? readFileSync(path, 'utf8') : null;
}

function firstOf<Place, Found>(places: readonly Place[], find: (place: Place) => Found | null): Found | null {
  for (const place of places) {
    const found = find(place);
    if (found !== null) return found;
  }
  return null;
}

const HASH = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const REF = /^ref: (refs\/[\w./@+-]+)$/;
const DIGITS_SHOWN = 12;
/** References may lead to others, but not for ever. */
const MOST_HOPS = 5;
const LONGEST_REF_BYTES = 4096;
const LARGEST_PACK_BYTES = 64 * 1024 * 1024;
