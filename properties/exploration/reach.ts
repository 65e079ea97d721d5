import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CanonicalState, canonicalState } from '../../model/explore/canonical.ts';
import type { Expander } from '../../model/explore/expander.ts';
import { type BoundedInstance, configurationOf, machinesIn } from '../../model/explore/instance.ts';
import type { Exploration } from '../../model/explore/search.ts';
import { StateReader } from '../../model/explore/state-reader.ts';
import { stepsTo } from '../../model/explore/steps-to.ts';
import { scenarioText, traceText } from '../../model/format/write.ts';
import { InputError } from '../../model/input-error.ts';
import { nameOf, writeWhole } from '../../reference-impl/io/files.ts';
import { type Query, readQuery } from './query/query.ts';

/** A state that was asked for, and the shortest way to it. */
export interface Reached {
  /** What was asked for, as it was given. */
  readonly query: string;
  /** The number of the state, its canonical form, and how many steps lead there, boot included; null where none does. */
  readonly state: number | null;
  readonly canonical: CanonicalState | null;
  readonly length: number | null;
  /** The scenario that leads there, and the trace of it; null where nothing does. */
  readonly file: string | null;
  readonly trace: string | null;
  /** Why they could not be written; absent when they were. */
  readonly unwritten?: string;
}

/**
 * What a query asks: its text, or a predicate in a module, a function of a canonical state that is its default export.
 *
 * @throws InputError when it is not understood, or there is no such module.
 */
export async function queryOf(text: string, instance: BoundedInstance): Promise<Query> {
  if (!/\.m?js$/.test(text)) {
    return readQuery(text, { invocation: instance.invocations, machine: machinesIn(instance) });
  }
  if (!existsSync(text)) throw new InputError(`--reach: ${nameOf(text)}: there is no such file`);
  const loaded: unknown = await import(pathToFileURL(resolve(text)).href).catch((error: unknown) => {
    throw new InputError(`--reach: ${nameOf(text)}: cannot be loaded: ${messageOf(error)}`);
  });
  const predicate = (loaded as { default?: unknown }).default;
  if (typeof predicate !== 'function') {
    throw new InputError(
      `--reach: ${nameOf(text)}: expected a function as its default export, such as export default (state) => state.invocations[0].phase === 'killed'`,
    );
  }
  return (state) => {
    try {
      return Boolean(predicate(state));
    } catch (error) {
      throw new InputError(`--reach: ${nameOf(text)}: failed: ${messageOf(error)}`);
    }
  };
}

/** Whether a packed state is asked for. */
export function soughtBy(query: Query, instance: BoundedInstance, { packing }: Expander) {
  const reader = new StateReader(packing);
  return (words: Int32Array, offset: number): boolean => {
    return query(canonicalState(instance, reader.unpack(words, offset)));
  };
}

/** Writes the way to the state that was found, if one was. */
export function keepWay(
  { reach, instance, out }: { reach: string; instance: BoundedInstance; out: string },
  expander: Expander,
  { sought, visited }: Exploration,
): Reached {
  if (sought === null) {
    return { query: reach, state: null, canonical: null, length: null, file: null, trace: null };
  }
  const steps = stepsTo(expander, visited, sought);
  const config = configurationOf(instance);
  const text = traceText({ config, steps });
  const name = `${out}/reached-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
  const file = `${name}.scenario.jsonl`;
  const trace = `${name}.trace.jsonl`;
  const canonical = canonicalState(instance, new StateReader(expander.packing).read(visited, sought));
  const reached = { query: reach, state: sought, canonical, length: steps.length, file, trace };
  try {
    writeWhole(trace, text);
    writeWhole(file, scenarioText({ config, stimuli: steps.map(({ at, stimulus }) => ({ at, stimulus })) }));
    return reached;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...reached, unwritten: error.message };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
