import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../model/input-error.ts';
import { FileError, inFile, readWhole, statusOf } from '../../reference-impl/io/files.ts';
import { bySize } from './keep.ts';
import { type CounterexampleRecord, readRecord } from './record.ts';

/** A file that could not be used, and why: one line that names it. */
export interface SetAside {
  readonly file: string;
  readonly reason: string;
}

/** A file and what was read from it. */
export interface Collected<Item> {
  readonly file: string;
  readonly item: Item;
}

/** No counterexample and no scenario of a corpus is larger: shrunk ones take a few kB. */
export const LARGEST_FILE_BYTES = 16 * 1024 * 1024;

/**
 * The files below a directory whose names are wanted, in the order of their paths. Names that begin with a dot are
 * ignored: they are being written, or belong to tools. A symbolic link is listed, and not followed.
 *
 * @throws InputError when the directory cannot be read.
 */
export function* filesBelow(directory: string, wanted: (name: string) => boolean): Generator<string> {
  // With the slash that comes after its name in every path a directory has its place among them.
  const ordered = entriesOf(directory)
    .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || wanted(entry.name)))
    .map((entry) => ({ entry, key: entry.isDirectory() ? `${entry.name}/` : entry.name }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { entry } of ordered) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path, wanted);
    else yield path;
  }
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new FileError(`${directory}: cannot be read as a directory (${code}); check the name`);
  }
}

/** Reads each file; what cannot be read is set aside with its reason, and the others are read all the same. */
export function collect<Item>(
  files: readonly string[],
  read: (text: string, file: string) => Item,
): { collected: Collected<Item>[]; setAside: SetAside[] } {
  const collected: Collected<Item>[] = [];
  const setAside: SetAside[] = [];
  for (const file of files) {
    try {
      collected.push({ file, item: read(textOf(file), file) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      setAside.push({ file, reason: inFile(file, error).message });
    }
  }
  return { collected, setAside };
}

/** The text of a regular file of a reasonable size. @throws InputError for anything else. */
function textOf(file: string): string {
  const status = statusOf(file);
  if (status?.isSymbolicLink()) {
    throw new InputError('is a symbolic link, which is not followed; name the file that it leads to');
  }
  if (status !== undefined && status.size > LARGEST_FILE_BYTES) {
    throw new InputError(
      `is larger than ${LARGEST_FILE_BYTES / 1024 / 1024} MiB (${status.size} bytes); no counterexample is`,
    );
  }
  return readWhole(file);
}

/** The records below a directory, the smallest first; other files are set aside. */
export function collectRecords(directory: string): {
  collected: Collected<CounterexampleRecord>[];
  setAside: SetAside[];
} {
  const { collected, setAside } = collect([...filesBelow(directory, isRecordName)], readRecord);
  collected.sort((a, b) => bySize(a.item, b.item));
  return { collected, setAside };
}

/** Reports of campaigns lie in the same directories as what they found. */
export function isRecordName(name: string): boolean {
  return name.endsWith('.json') && !name.endsWith('.report.json');
}
