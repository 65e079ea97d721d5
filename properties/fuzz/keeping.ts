import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../../model/configuration.ts';
import { counted } from '../../model/counted.ts';
import { scenarioText } from '../../model/format/write.ts';
import { InputError } from '../../model/input-error.ts';
import { printable } from '../../model/printable.ts';
import type { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import { removeFile, writeWhole } from '../../reference-impl/io/files.ts';
import { fingerprintOf } from '../campaign/fingerprint.ts';
import { keepRecord } from '../records/keep.ts';
import type { CounterexampleRecord } from '../records/record.ts';

/** Keeps a record where that can be; the verdict does not wait for it. */
export function keptIfPossible(
  out: string,
  record: CounterexampleRecord,
): { file: string; error: InputError | null } {
  try {
    return { file: keepRecord(out, record), error: null };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { file: join(out, `${record.property}-${record.fingerprint}.json`), error };
  }
}

/**
 * Keeps what a scheduler was asked until it broke, as a scenario to be played again, and says so: at once, and then as
 * short as it can be made.
 *
 * @param shortened null of what an exploration has found, than which nothing is shorter.
 */
export async function keepBroken(
  out: string,
  error: BrokenScheduler,
  shortened: ((scenario: Scenario) => Promise<Scenario>) | null,
): Promise<void> {
  const { scenario, run } = error;
  if (scenario === null) return;
  const { length } = scenario.stimuli;
  const played = run === 0 ? 'a scenario of the corpus; ' : `run ${run}; `;
  const which = shortened === null ? '' : played;
  const fileOf = (kept: Scenario): string =>
    join(out, `broken-${fingerprintOf('contract', kept)}.scenario.jsonl`);
  try {
    const first = fileOf(scenario);
    const stoodThere = existsSync(first);
    writeWhole(first, scenarioText(scenario));
    const short = (await shortened?.(scenario)) ?? scenario;
    error.scenario = short;
    error.file = fileOf(short);
    writeWhole(error.file, scenarioText(short));
    if (error.file !== first && !stoodThere) removeFile(first);
    const steps = short.stimuli.length;
    const kept = steps === length ? '' : `shortened to ${steps} and `;
    error.message += ` (${which}the ${counted(length, 'step')} until then are ${kept}written to ${printable(error.file)})`;
  } catch (problem) {
    if (!(problem instanceof InputError)) throw problem;
    error.message += ` (${which}the ${counted(length, 'step')} until then are not written: ${problem.message})`;
  }
}
