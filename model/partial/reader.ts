import type { Step } from '../alphabet.ts';
import { check } from '../format/check.ts';
import { createReader, type LineReader } from '../format/lines.ts';
import { stepSchema } from '../format/schemas.ts';
import { show } from '../format/show.ts';
import { InputError } from '../input-error.ts';
import { standInFor, Unobserved } from './unobserved.ts';

/** Reads a log that is not whole. */
export interface LogReader extends LineReader<Step> {
  /** What the log does not record, once the header has been read. */
  readonly unobserved: Unobserved | undefined;
}

/**
 * A reader of traces whose header says what they leave out. What a line has all the same is passed over. Fields that are
 * not in the log have a stand-in.
 *
 * @param also what the log leaves out beside what its header says.
 */
export function createLogReader(also: readonly string[] = []): LogReader {
  let unobserved: Unobserved | undefined;
  const reader = createReader<Step>(
    ['xx-trace'],
    (value, _format, place) => {
      return check(stepSchema, completed(value, unobserved!, place), place);
    },
    (words, config, place) => {
      const fromHeader = new Unobserved(words, config, `${place}: unobserved`);
      unobserved =
        also.length === 0 ? fromHeader : new Unobserved([...words, ...also], config, '--unobserved');
    },
  );
  return {
    get config() {
      return reader.config;
    },
    get unobserved() {
      return unobserved;
    },
    line: (text) => reader.line(text),
    end: () => reader.end(),
  };
}

type Fields = Record<string, unknown>;

/** A line as it would be if it were whole, with stand-ins for what is not known. */
function completed(value: unknown, unobserved: Unobserved, place: string): unknown {
  if (!isObject(value) || !Array.isArray(value.decisions)) return value;
  const decisions = value.decisions
    .filter((decision) => !isObject(decision) || !unobserved.hides(decision.type as 'place'))
    .map((decision) => (isObject(decision) ? withStandIns(decision, unobserved) : decision));
  const stimulus = stimulusOf(value, decisions, unobserved, place);
  return { ...value, stimulus, decisions };
}

function withStandIns(decision: Fields, unobserved: Unobserved): Fields {
  const hidden = unobserved.fieldsOf(decision.type as 'place');
  if (hidden.size === 0) return decision;
  const filled = { ...decision };
  for (const field of hidden) {
    // One that was found through a list polled nobody.
    if (field === 'polled' && !hidden.has('via') && decision.via === 'idle-list') continue;
    filled[field] = standInFor(String(decision.type), field);
  }
  return filled;
}

/** The stimulus of a line, read off its first decision where the log leaves it out. */
function stimulusOf(
  value: Fields,
  decisions: readonly unknown[],
  unobserved: Unobserved,
  place: string,
): unknown {
  const first = isObject(decisions[0]) ? decisions[0] : {};
  const { stimulus } = value;
  if (stimulus === undefined) {
    if (first.type === 'place' && unobserved.hides('turn')) return { type: 'turn', shard: first.shard };
    if (first.type === 'complete' && unobserved.hides('finish')) return { type: 'finish', id: first.id };
    if (!unobserved.hides('turn') && !unobserved.hides('finish')) return stimulus;
    throw new InputError(
      `${place}: stimulus: expected an object, or nothing where the first decision is a place or a complete that tells, got ${show(first.type)}`,
    );
  }
  if (!isObject(stimulus) || (stimulus.type !== 'submit' && stimulus.type !== 'call')) return stimulus;
  const hidden = unobserved.fieldsOf(stimulus.type);
  if (hidden.size === 0) return stimulus;
  return {
    ...stimulus,
    ...(hidden.has('function') && { function: '' }),
    ...(hidden.has('tenant') && { tenant: 0 }),
    ...(hidden.has('shard') && { shard: first.type === 'enqueue' ? first.shard : 0 }),
  };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
