import type { Decision, Step, Stimulus } from '../alphabet.ts';
import type { Configuration } from '../configuration.ts';
import { type ImpossibleStimulus, UnsafeSum } from '../input-error.ts';
import { Judge, type Violation } from '../judge.ts';
import { PHASE } from '../table.ts';
import { invocationOf } from '../unended.ts';
import { isUsed } from '../used-ids.ts';
import { wordsOfStimulus } from '../words.ts';
import type { Candidate, FilledIn } from './candidate.ts';
import { type DeadEnd, StepCompletion } from './completion.ts';
import { keyOf } from './key.ts';
import type { Unobserved } from './unobserved.ts';
import { UNSEEN_SHARD, UnseenLists } from './unseen-lists.ts';

/** Why no completion is left, and what the log would have had to be allowed. */
export interface LogViolation extends Violation {
  /** Of each candidate that was left before, what it would have had to break: the nearest first. */
  readonly nearest: readonly { readonly rule: string; readonly message: string }[];
}

/** How many candidates a violation tells of. */
const MOST_TOLD = 8;

/** How many states are carried from one line to the next, unless told otherwise. */
export const MOST_CANDIDATES = 128;

/**
 * Judges a log that is not whole, one line at a time. It carries every state that fits what was seen: a line is refused
 * when none is left, that is, when nothing that the log leaves out could make the rules accept it.
 *
 * What it holds does not grow with what has ended.
 */
export class LogJudge {
  /** Steps judged so far. */
  steps = 0;
  /** The most states that were carried at once. */
  most = 1;
  /** The first step after which some of the states that fit were dropped; null: all were kept. */
  boundReachedAt: number | null = null;
  readonly filledIn: FilledIn = {};
  private candidates: Candidate[];
  private readonly unobserved: Unobserved;
  /** How many states are carried at most. */
  readonly limit: number;
  /** Whether what was metered tells states apart. */
  private readonly metered: boolean;

  constructor(config: Configuration, unobserved: Unobserved, limit = MOST_CANDIDATES) {
    this.unobserved = unobserved;
    this.limit = limit;
    const listsAreSeen = !unobserved.hides('list') && !unobserved.fieldsOf('list').has('shard');
    const lists = listsAreSeen ? null : new UnseenLists(config.shards);
    this.candidates = [{ judge: new Judge(config), lists }];
    const billsAreSeen = (['complete', 'kill'] as const).some(
      (type) => !unobserved.hides(type) && !unobserved.fieldsOf(type).has('bill'),
    );
    this.metered = billsAreSeen || config.tenants.some(({ budget }) => budget !== null);
  }

  /** How many states fit what was seen so far. */
  get left(): number {
    return this.candidates.length;
  }

  /**
   * Judges one line.
   *
   * @returns null while a completion is left. After a violation it can judge no further lines.
   * @throws ImpossibleStimulus when the stimulus is not possible in any log, or the log leaves nothing out.
   */
  step(step: Step): LogViolation | null {
    this.steps++;
    const next: Candidate[] = [];
    const deadEnds: DeadEnd[] = [];
    // Each is given as much room as the others: none may crowd them out.
    const room = Math.max(1, Math.floor(this.limit / this.candidates.length));
    for (const candidate of this.candidates) {
      candidate.judge.steps = this.steps;
      const outcome = new StepCompletion(step, this.unobserved, this.filledIn, room).of(candidate);
      next.push(...outcome.reached);
      if (outcome.reached.length === 0 && outcome.deadEnd !== null) deadEnds.push(outcome.deadEnd);
      if (outcome.cut) this.boundReachedAt ??= this.steps;
    }
    if (next.length === 0) return this.refusal(step, deadEnds);
    this.candidates = this.merged(next);
    this.most = Math.max(this.most, this.candidates.length);
    return null;
  }

  /** Each state once, and no more than are carried. */
  private merged(next: Candidate[]): Candidate[] {
    if (next.length === 1) return next;
    const byKey = new Map<string, Candidate>();
    for (const candidate of next) {
      const key = keyOf(candidate.judge.state, candidate.lists, this.metered);
      if (!byKey.has(key)) byKey.set(key, candidate);
    }
    const kept = [...byKey.values()];
    if (kept.length <= this.limit) return kept;
    this.boundReachedAt ??= this.steps;
    return kept.slice(0, this.limit);
  }

  private refusal({ stimulus }: Step, deadEnds: readonly DeadEnd[]): LogViolation {
    const isWhole = this.unobserved.all.size === 0;
    const impossible = deadEnds.map((deadEnd) => deadEnd.impossible).filter((error) => error !== null);
    const [first] = impossible;
    if (first !== undefined && impossible.length === deadEnds.length) {
      const { state } = deadEnds[0]!.candidate.judge;
      if (isWhole || isTheScenarios(first, stimulus, (id) => isUsed(state.usedIds, id))) throw first;
    }
    const nearest = [...deadEnds]
      .sort((a, b) => b.reached - a.reached)
      .slice(0, MOST_TOLD)
      .map((deadEnd) => told(deadEnd, stimulus));
    const others = distinct(nearest);
    return { ...nearest[0]!, nearest: others.map(({ rule, message }) => ({ rule, message })) };
  }
}

function distinct(violations: readonly Violation[]): readonly Violation[] {
  return [...new Map(violations.map((violation) => [violation.message, violation])).values()];
}

/** Whether a stimulus is impossible whatever the log leaves out: it names what never was, or a sum is too large. */
function isTheScenarios(
  error: ImpossibleStimulus,
  stimulus: Stimulus,
  wasUsed: (id: number) => boolean,
): boolean {
  if (error instanceof UnsafeSum) return true;
  switch (stimulus.type) {
    case 'submit':
      return true;
    case 'call':
      return wasUsed(stimulus.id) || !wasUsed(stimulus.caller);
    case 'resize':
    case 'finish':
      return !wasUsed(stimulus.id);
    default:
      return false;
  }
}

/** What a dead end would have had to break. */
function told({ candidate, decision, impossible }: DeadEnd, stimulus: Stimulus): Violation {
  const { judge } = candidate;
  if (impossible !== null) return notPossible(candidate, stimulus, impossible);
  const violation = decision === null ? judge.judgeEnd(stimulus) : judge.consider(decision);
  if (violation !== null) return readable(violation);
  // Nothing but what is known of the lists refuses it.
  const { steps } = judge;
  return {
    step: steps,
    rule: decision?.type === 'place' ? 'place-least-loaded' : 'idle-list-true',
    entity: decision !== null && 'machine' in decision ? `machine ${decision.machine}` : 'an idle list',
    message: `step ${steps}: no idle list that fits what was seen before permits what this line says`,
    decision,
    allowed: [],
  };
}

/** What happens on a machine to one that cannot be there, or not so, unless a rule was broken before. */
function notPossible({ judge }: Candidate, stimulus: Stimulus, impossible: ImpossibleStimulus): Violation {
  const { model, steps } = judge;
  const id = stimulus.type === 'call' ? stimulus.caller : 'id' in stimulus ? stimulus.id : null;
  const invocation = id === null ? undefined : invocationOf(model.state.invocations, id);
  const isReady = invocation?.phase === PHASE.ready;
  const start = isReady ? judge.consider({ type: 'start', id: invocation.id }) : null;
  const why = start === null ? '' : `; it would have had to run: ${start.message}`;
  return {
    step: steps,
    rule: start?.rule ?? 'possible-decision',
    entity: id === null ? 'the scenario' : `invocation ${id}`,
    message: `step ${steps} (${wordsOfStimulus(stimulus)}): ${impossible.message}, in every state that the rules and this log leave${why}`,
    decision: null,
    allowed: [],
  };
}

/** A list of which nothing is known has no number. */
function readable(violation: Violation): Violation {
  const isKnown = (decision: Decision) => !('shard' in decision) || decision.shard !== UNSEEN_SHARD;
  return {
    ...violation,
    message: violation.message.replaceAll(`shard ${UNSEEN_SHARD}`, 'a shard not seen'),
    allowed: violation.allowed.filter(isKnown),
  };
}
