import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../model/input-error.ts';
import { readWhole, writeWhole } from '../../reference-impl/process/files.ts';
import { type CounterexampleRecord, readRecord, recordText } from './record.ts';

/** Where a record is kept in a directory: the same finding has the same name, whoever found it. */
export function fileOfRecord(
  directory: string,
  { property, fingerprint }: Pick<CounterexampleRecord, 'property' | 'fingerprint'>,
): string {
  return join(directory, `${property}-${fingerprint}.json`);
}

/**
 * Keeps a record in a directory, unless the same finding is there already, and as small.
 *
 * @returns its file.
 * @throws InputError when something else stands under that name, which is left as it is, or it cannot be written.
 */
export function keepRecord(directory: string, record: CounterexampleRecord): string {
  const file = fileOfRecord(directory, record);
  if (existsSync(file)) {
    const kept = readKept(file);
    if (bySize(kept, record) <= 0) return file;
  }
  writeWhole(file, recordText(record));
  return file;
}

/** Smaller first: by steps, then by the length of the text, then by the text itself, so that no two are equal. */
export function bySize(a: CounterexampleRecord, b: CounterexampleRecord): number {
  const steps = a.scenario.stimuli.length - b.scenario.stimuli.length;
  if (steps !== 0) return steps;
  const [one, other] = [recordText(a), recordText(b)];
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : one === other ? 0 : 1;
}

function readKept(file: string): CounterexampleRecord {
  try {
    return readRecord(readWhole(file));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `${file}: a finding belongs here, but something else stands in its place; move it, or name another --out`,
    );
  }
}
