import type { Decision, DecisionType, TimedStimulus } from '../../model/alphabet.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';

/** The numbers that each decision carries; the rest of it is looked at by name. */
const NUMBERS: Record<DecisionType, readonly string[]> = {
  enqueue: ['id', 'shard', 'class'],
  throttle: ['id'],
  place: ['id', 'shard', 'machine'],
  start: ['id'],
  preempt: ['id'],
  allocate: ['id', 'memory'],
  pageOut: ['id', 'memory'],
  pageIn: ['id', 'memory'],
  kill: ['id'],
  complete: ['id'],
  wake: ['id'],
  list: ['machine', 'shard', 'available', 'functions'],
  relist: ['machine', 'shard', 'available', 'functions'],
  unlist: ['machine', 'shard'],
  reserve: ['id', 'machine'],
  release: ['id', 'machine'],
  probe: ['shard', 'machine', 'inFlight', 'latencyMs'],
  forget: ['shard', 'machine'],
  evict: ['id'],
  refuse: ['id', 'machine'],
  cancel: ['id'],
};

const BILLED: readonly DecisionType[] = ['kill', 'complete', 'cancel'];

const VIAS: readonly Extract<Decision, { type: 'place' }>['via'][] = ['idle-list', 'poll'];

/**
 * Why an answer is not a list of decisions that can be judged at all, or null: schedulers come from other people, and
 * from other languages. Whether its numbers make sense is the judge's business.
 *
 * @param before the answer to the step before, which its scheduler has given away.
 */
export function objectionToAnswer(answer: readonly Decision[], before: readonly Decision[]): string | null {
  if (!Array.isArray(answer)) return `answered ${JSON.stringify(answer)}, which is not an array`;
  if (answer === before) return 'answered with the array that it had given away in the step before';
  for (const decision of answer) {
    const wrong = objectionToDecision(decision);
    if (wrong !== null) return `decided ${JSON.stringify(decision)}, ${wrong}`;
  }
  return null;
}

function objectionToDecision(decision: Decision): string | null {
  if (typeof decision !== 'object' || decision === null) return 'which is not an object';
  if (!Object.hasOwn(NUMBERS, decision.type)) return 'which is of no known type';
  const fields = decision as unknown as Record<string, unknown>;
  for (const field of NUMBERS[decision.type]) {
    if (typeof fields[field] !== 'number') return `whose ${field} is not a number`;
  }
  if (BILLED.includes(decision.type) && !isObject(fields.bill)) return 'which has no bill';
  if (decision.type === 'place' && !VIAS.includes(decision.via)) {
    return `whose via is neither ${VIAS.join(' nor ')}`;
  }
  const polls = decision.type === 'list' || (decision.type === 'place' && decision.via === 'poll');
  return polls && !Array.isArray(decision.polled) ? 'whose polled is not an array' : null;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** The answer of one that calls a stimulus impossible, in {@link writtenAnswer}. */
export const REFUSED = 'refused';

/**
 * What a scheduler answers, as it would be written: its decisions, that it refuses, or what it throws.
 *
 * @throws BrokenScheduler when it is a process that has crashed, hung or broken the protocol.
 */
export function writtenAnswer(scheduler: Scheduler, { at, stimulus }: TimedStimulus): string {
  try {
    return JSON.stringify(scheduler.step(at, stimulus));
  } catch (error) {
    if (error instanceof BrokenScheduler) throw error;
    return error instanceof ImpossibleStimulus ? REFUSED : `threw ${error}`;
  }
}
