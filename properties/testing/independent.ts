import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Trace } from '../../model/configuration.ts';
import { readTrace } from '../../model/format/lines.ts';

const FOLDER = new URL('../fixtures/independent/', import.meta.url);

/** The traces that an independent implementation of the same rules has made, by name. */
export function independentTraces(): { name: string; trace: Trace }[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.trace.jsonl'))
    .toSorted()
    .map((file) => ({
      name: basename(file, '.trace.jsonl'),
      trace: readTrace(readFileSync(new URL(file, FOLDER), 'utf8').split('\n')),
    }));
}
