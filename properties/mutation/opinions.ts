import { createHash } from 'node:crypto';
import type { Decision, Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { emptyTally } from '../../model/coverage.ts';
import { Judge } from '../../model/judge.ts';

/**
 * All that a judge has to say on a trace, as a fingerprint: before each decision what it thinks of others that are
 * nearly the same and what the step would owe if it ended there, with every number of its messages; and what it has
 * counted in the end.
 *
 * @throws ImpossibleStimulus when a stimulus is not possible.
 */
export function opinionsOn(config: Configuration, steps: readonly Step[]): string {
  const hash = createHash('sha256');
  const tally = emptyTally();
  const judge = new Judge(config, tally);
  for (const { at, stimulus, decisions } of steps) {
    judge.steps++;
    judge.model.stimulate(at, stimulus);
    for (const decision of decisions) {
      for (const other of nearly(decision)) hash.update(JSON.stringify(judge.consider(other)));
      hash.update(JSON.stringify(judge.judgeEnd(stimulus)));
      if (judge.consider(decision) !== null) return finished();
      judge.model.apply(decision);
    }
    hash.update(JSON.stringify(judge.judgeEnd(stimulus)));
  }
  return finished();

  function finished(): string {
    const { transitions, pairs, outcomes, premises } = tally;
    for (const counters of [transitions, pairs, outcomes, premises]) hash.update(counters);
    return hash.digest('base64').slice(0, 12);
  }
}

/** Decisions that differ from one in a single field, or in what they are. */
function* nearly(decision: Decision): Generator<Decision> {
  for (const [field, value] of Object.entries(decision)) {
    for (const other of othersThan(field, value))
      yield { polled: [0], ...decision, [field]: other } as Decision;
  }
  for (const type of TYPES) yield { ...PLAIN, ...decision, type } as Decision;
}

const BILL = { cpuMs: 0, mbMs: 0, cost: 0 };
const PLAIN = {
  ...{
    id: 0,
    class: 0,
    degraded: false,
    machine: 0,
    shard: 0,
    via: 'idle-list',
    memory: 1,
    reason: 'memory',
  },
  ...{ bill: BILL, outcome: 'ok', available: 1, functions: 0, polled: [0] },
};
const TYPES: readonly Decision['type'][] = [
  ...(['enqueue', 'throttle', 'place', 'start', 'preempt', 'pageOut', 'pageIn'] as const),
  ...(['kill', 'complete', 'wake', 'list', 'relist', 'unlist'] as const),
];
const WORDS: Readonly<Record<string, readonly string[]>> = {
  via: ['idle-list', 'poll'],
  reason: ['memory', 'exceeds-machine', 'attempts'],
  outcome: ['ok', 'failed'],
};

function othersThan(field: string, value: unknown): readonly unknown[] {
  if (typeof value === 'number') return [value + 1, value - 1, value + 0.5];
  if (typeof value === 'boolean') return [!value];
  if (Array.isArray(value)) return [[...value, value[0]], value.slice(1), value.slice(0, -1), [...value, 99]];
  if (field === 'bill') return [BILL, { ...(value as object), cost: 1 }];
  return (WORDS[field] ?? []).filter((word) => word !== value);
}
