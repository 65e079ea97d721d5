import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../model/input-error.ts';
import { readWhole, writeWhole } from '../../reference-impl/io/files.ts';
import { type CounterexampleRecord, readRecord, recordText } from './record.ts';

/**
 * Keeps a record in a directory, unless the same finding is there already and is as small. The same finding always has
 * the same name. If another file has that name, it is left alone, and the record gets another name.
 *
 * @returns its file.
 * @throws InputError when it cannot be written.
 */
export function keepRecord(directory: string, record: CounterexampleRecord): string {
  const name = `${record.property}-${record.fingerprint}`;
  for (let number = 1; number <= MOST_NAMES; number++) {
    const file = join(directory, `${name}${number === 1 ? '' : `-${number}`}.json`);
    const kept = existsSync(file) ? readKept(file) : null;
    if (kept === 'something else') continue;
    if (kept === null || bySize(kept, record) > 0) writeWhole(file, recordText(record));
    return file;
  }
  throw new InputError(`${join(directory, name)}: too many files here are not records; name another --out`);
}

const MOST_NAMES = 100;

/** Smaller first: by steps, then by the length of the text, then by the text itself, so that no two are equal. */
export function bySize(a: CounterexampleRecord, b: CounterexampleRecord): number {
  const steps = a.scenario.stimuli.length - b.scenario.stimuli.length;
  if (steps !== 0) return steps;
  const [one, other] = [recordText(a), recordText(b)];
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : one === other ? 0 : 1;
}

function readKept(file: string): CounterexampleRecord | 'something else' {
  try {
    return readRecord(readWhole(file));
  } catch (error) {
    if (error instanceof InputError) return 'something else';
    throw error;
  }
}
