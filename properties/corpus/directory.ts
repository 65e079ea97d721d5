import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../../model/configuration.ts';
import { scenarioText } from '../../model/format/write.ts';
import { removeFile, writeWhole } from '../../reference-impl/io/files.ts';
import { collect, filesBelow, type SetAside } from '../records/collect.ts';
import { readPlayable } from '../replay/load.ts';

/** A corpus as files, a scenario each. */
export interface CorpusDirectory {
  /** The scenarios that could be read, by their file, in the order of their names. */
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly setAside: readonly SetAside[];
}

/**
 * Reads a corpus; one that does not exist yet is empty.
 *
 * @throws InputError when it cannot be read as a directory.
 */
export function readCorpus(directory: string): CorpusDirectory {
  if (!existsSync(directory)) return { scenarios: new Map(), setAside: [] };
  const files = [...filesBelow(directory, (name) => name.endsWith('.scenario.jsonl'))];
  const { collected, setAside } = collect(files, (text) => readPlayable(text).scenario);
  return { scenarios: new Map(collected.map(({ file, item }) => [file, item])), setAside };
}

/**
 * Writes a corpus under names that follow from the scenarios, and only then takes away what was read and is no longer
 * part of it. What was set aside stays.
 */
export function writeCorpus(
  directory: string,
  scenarios: readonly Scenario[],
  before: CorpusDirectory,
): void {
  const files = new Set<string>();
  for (const scenario of scenarios) {
    const text = scenarioText(scenario);
    const file = join(
      directory,
      `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.scenario.jsonl`,
    );
    if (!existsSync(file)) writeWhole(file, text);
    files.add(file);
  }
  for (const file of before.scenarios.keys()) if (!files.has(file)) removeFile(file);
}
