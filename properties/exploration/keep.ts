import { createHash } from 'node:crypto';
import type { Step } from '../../model/alphabet.ts';
import { configurationOf } from '../../model/explore/instance.ts';
import { scenarioText, traceText } from '../../model/format/write.ts';
import { InputError } from '../../model/input-error.ts';
import { StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { CATALOGUE } from '../catalogue.ts';
import { type Candidate, contestantOf } from '../contestants/contestants.ts';
import { askedFor, askedOf } from '../play/asked.ts';
import { recordOfExploration } from '../records/from-exploration.ts';
import { keepRecord } from '../records/keep.ts';
import type { CounterexampleRecord } from '../records/record.ts';
import type { Subject } from './expanders.ts';

/** Where a counterexample of an exploration is kept. */
export interface Kept {
  /** A record that `xx replay` plays again; a scenario when there is none. */
  file: string;
  /** The steps as they were explored, for `xx judge`. */
  trace: string;
  /** The seed of the configuration with which the scheduler fails again; null when there is no record. */
  seed: number | null;
  /** Why they could not be written; absent when they were. The verdict does not wait for it. */
  unwritten?: string;
}

/**
 * Writes a counterexample as a record, and beside it the trace as it was explored. There is no record of the model by
 * itself, since there is no scheduler to be played again, and none if the scheduler does not fail again with any seed
 * that was tried: then the scenario is written in its place.
 */
export function keep(
  subject: Subject & { readonly out: string; readonly process?: { readonly candidate: Candidate } },
  rule: string,
  steps: readonly Step[],
): Kept {
  const { instance, out } = subject;
  const config = configurationOf(instance);
  const trace = traceText({ config, steps: [...steps] });
  const record = recordOf(subject, rule, steps);
  if (record !== null) {
    const name = fileOf(out, record);
    const kept: Kept = { file: name, trace: besideOf(name), seed: record.scenario.config.seed };
    return written(kept, () => {
      kept.file = keepRecord(out, record);
      kept.trace = besideOf(kept.file);
      writeWhole(kept.trace, trace);
    });
  }
  const name = `${out}/${rule}-${createHash('sha256').update(trace).digest('hex').slice(0, 8)}`;
  const stimuli = steps.map(({ at, stimulus }) => ({ at, stimulus }));
  const kept = { file: `${name}.scenario.jsonl`, trace: `${name}.trace.jsonl`, seed: null };
  return written(kept, () => {
    writeWhole(kept.trace, trace);
    writeWhole(kept.file, scenarioText({ config, stimuli }));
  });
}

function fileOf(directory: string, { property, fingerprint }: CounterexampleRecord): string {
  return `${directory}/${property}-${fingerprint}.json`;
}

function besideOf(record: string): string {
  return record.replace(/\.json$/, '.trace.jsonl');
}

/** Writes what is kept, or says in it why that cannot be. */
function written(kept: Kept, write: () => void): Kept {
  try {
    write();
    return kept;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...kept, unwritten: error.message };
  }
}

function recordOf(
  { instance, scheduler, properties, process }: Parameters<typeof keep>[0],
  rule: string,
  steps: readonly Step[],
): CounterexampleRecord | null {
  const property = CATALOGUE.find(({ id }) => id === rule);
  if (scheduler === null || property === undefined) return null;
  const contestant = contestantOf(process?.candidate ?? { scheduler });
  try {
    const asked = askedFor(property.id, askedOf(properties));
    return recordOfExploration(steps, property.id, { instance, scheduler, contestant, asked });
  } catch (error) {
    // Then nobody knows whether it would fail again.
    if (!(error instanceof StoppedWaiting)) throw error;
    return null;
  } finally {
    contestant.close();
  }
}
