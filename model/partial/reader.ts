import type { Step } from '../alphabet.ts';
import { check } from '../format/check.ts';
import { createReader, type LineReader } from '../format/lines.ts';
import { stepSchema } from '../format/schemas.ts';
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
      return check(stepSchema, completed(value, unobserved!), place);
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
function completed(value: unknown, unobserved: Unobserved): unknown {
  if (!isObject(value) || !Array.isArray(value.decisions)) return value;
  const decisions = value.decisions
    .filter((decision) => !isObject(decision) || !unobserved.hides(decision.type as 'place'))
    .map((decision) => (isObject(decision) ? withStandIns(decision, unobserved) : decision));
  const stimulus = stimulusOf(value, decisions, unobserved);
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

/**
 * The stimulus of a line, read off its decisions where the log leaves it out. Decisions that tell of none are judged as if
 * nothing had called for them.
 */
function stimulusOf(value: Fields, decisions: readonly unknown[], unobserved: Unobserved): unknown {
  const { stimulus } = value;
  if (stimulus === undefined) {
    for (const decision of decisions) {
      if (!isObject(decision)) continue;
      if (decision.type === 'place' && unobserved.hides('turn'))
        return { type: 'turn', shard: decision.shard };
      if (decision.type === 'complete' && unobserved.hides('finish'))
        return { type: 'finish', id: decision.id };
    }
    const somethingIsLeftOut = ['turn', 'finish', 'tick'].some((type) => unobserved.all.has(type));
    return somethingIsLeftOut ? { type: 'tick' } : stimulus;
  }
  const first = isObject(decisions[0]) ? decisions[0] : {};
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
