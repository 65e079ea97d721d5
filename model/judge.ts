import type { Decision, Stimulus } from './alphabet.ts';
import type { Configuration } from './configuration.ts';
import { emptyTally, type Tally } from './coverage.ts';
import { invocationOf } from './live.ts';
import { Model } from './model.ts';
import { permitted } from './permitted.ts';
import { wordsOfDecision, wordsOfStimulus } from './render/words.ts';
import { MACHINE_OBLIGATIONS, PERMISSIONS, RULE_INDEX, STEP_OBLIGATIONS } from './rules/index.ts';
import type { RuleId, RuleText } from './rules/rule.ts';
import type { State } from './state.ts';

/** A step that a rule refuses: at a decision, or because of what the step leaves undone. */
export interface Violation {
  /** The first step, `boot`, is step 1; in a trace file step n stands on line n + 1. */
  step: number;
  rule: RuleId;
  /** `invocation 2`, `machine 0`, `shard 1` or `tenant 0`. */
  entity: string;
  /** One sentence with everything above and below in it. */
  message: string;
  /** The decision that was refused; null when an obligation was not met at the end of the step. */
  decision: Decision | null;
  /** What would have been permitted instead, at most {@link MOST_ALLOWED}. Empty: the step had to end here. */
  allowed: Decision[];
}

/** How many permitted decisions a violation lists. */
export const MOST_ALLOWED = 8;

/** The obligations with the index of their premise counter, looked up once and not in every step. */
const STEP_RULES = STEP_OBLIGATIONS.map((rule) => ({ rule, index: RULE_INDEX[rule.id] }));
const MACHINE_RULES = MACHINE_OBLIGATIONS.map((rule) => ({ rule, index: RULE_INDEX[rule.id] }));

/** The permissions that an accepted decision has put to the test, by the index of the rule. */
export function permissionsTested(decision: Decision): readonly number[] {
  return decision.type === 'kill' && decision.reason === 'attempts'
    ? TESTED_BY.attempts
    : TESTED_BY[decision.type];
}

const tested = (...ids: RuleId[]): readonly number[] => ids.map((id) => RULE_INDEX[id]);

const TESTED_BY = {
  enqueue: tested('admit'),
  throttle: tested('admit'),
  place: tested('place-greatest', 'place-least-loaded'),
  start: tested('start-highest'),
  preempt: tested('preempt-outranked'),
  pageOut: tested('page-out-lowest'),
  pageIn: tested('page-in-to-run'),
  kill: tested('kill-iff', 'bill-exact'),
  attempts: tested('admit', 'bill-exact'),
  complete: tested('bill-exact'),
  wake: tested('wake-caller'),
  list: tested('idle-list-true'),
  relist: tested('idle-list-true'),
  unlist: tested('idle-list-true'),
} satisfies Record<Decision['type'] | 'attempts', readonly number[]>;

/**
 * Judges a trace, one step at a time: every decision must be permitted in the state in which it is emitted, and at
 * the end of a step nothing may be owed. After a violation a judge is of no further use.
 */
export class Judge {
  readonly model: Model;
  readonly tally: Tally;
  /** Steps judged so far. */
  steps = 0;

  constructor(configuration: Configuration, tally: Tally = emptyTally()) {
    this.tally = tally;
    this.model = new Model(configuration, tally);
  }

  /** The state after the last step: for generators, replay and properties that look beyond the rules. */
  get state(): State {
    return this.model.state;
  }

  /**
   * Judges one step.
   *
   * @returns null when it is accepted.
   * @throws ImpossibleStimulus when the stimulus is not possible: the scenario's fault, not the scheduler's.
   */
  step(at: number, stimulus: Stimulus, decisions: readonly Decision[]): Violation | null {
    this.steps++;
    this.model.stimulate(at, stimulus);
    for (const decision of decisions) {
      const refused = this.consider(decision);
      if (refused !== null) return refused;
      for (const rule of permissionsTested(decision)) this.tally.premises[rule]!++;
      this.model.apply(decision);
    }
    return this.judgeEnd(stimulus);
  }

  /** Judges one decision of the step in progress, and leaves it undone; null when it is permitted. */
  consider(decision: Decision): Violation | null {
    const refusal = this.model.examine(decision);
    return refusal === null ? null : this.refuse(decision, refusal);
  }

  /** Judges what the step in progress would owe if it ended here; null when it may end. */
  judgeEnd(stimulus: Stimulus): Violation | null {
    const { state } = this;
    const { premises } = this.tally;
    for (const { rule, index } of STEP_RULES) {
      if (rule.applies(state)) premises[index]!++;
      const breach = rule.breach(state);
      if (breach !== null) return this.owing(stimulus, rule, breach.entity, breach.message);
    }
    for (const machine of state.due.touched) {
      for (const { rule, index } of MACHINE_RULES) {
        if (rule.applies(state, machine)) premises[index]!++;
        const breach = rule.breach(state, machine);
        if (breach !== null) return this.owing(stimulus, rule, `machine ${machine.id}`, breach);
      }
    }
    return null;
  }

  private refuse(decision: Decision, rule: RuleText): Violation {
    const what = `step ${this.steps}: \`${wordsOfDecision(decision)}\` is refused by ${rule.id}: ${this.objection(decision, rule)}`;
    return this.violation(rule.id, entityOf(decision), what, decision);
  }

  private owing(stimulus: Stimulus, rule: RuleText, entity: string, message: string): Violation {
    const what = `step ${this.steps} (${wordsOfStimulus(stimulus)}) ends and owes ${rule.id}: ${message}`;
    return this.violation(rule.id, entity, what, null);
  }

  private violation(rule: RuleId, entity: string, what: string, decision: Decision | null): Violation {
    const allowed: Decision[] = [];
    for (const permittedDecision of permitted(this.model)) {
      allowed.push(permittedDecision);
      if (allowed.length === MOST_ALLOWED) break;
    }
    const instead =
      allowed.length === 0
        ? 'nothing more is permitted in this step'
        : `permitted here: ${allowed.map((d) => `\`${wordsOfDecision(d)}\``).join(', ')}`;
    return { step: this.steps, rule, entity, message: `${what}; ${instead}`, decision, allowed };
  }

  /** Why a rule refuses a decision, with the numbers that decide. */
  private objection(decision: Decision, rule: RuleText): string {
    const { state } = this;
    if (rule.id === 'answered' || (rule.id === 'kill-iff' && decision.type !== 'kill')) {
      return this.whatComesFirst(rule.id);
    }
    const permission = PERMISSIONS.find((candidate) => candidate.id === rule.id)!;
    const invocation = 'id' in decision ? (invocationOf(state.invocations, decision.id) ?? null) : null;
    const machine = 'machine' in decision ? (state.machines[decision.machine] ?? null) : null;
    if ('id' in decision && invocation === null) {
      const why = state.usedIds.has(decision.id) ? 'has ended' : 'was never submitted';
      return `invocation ${decision.id} ${why}`;
    }
    if ('machine' in decision && machine === null) return `there is no machine ${decision.machine}`;
    return permission.objection(state, {
      decision,
      invocation,
      machine: machine ?? invocation?.machine ?? null,
    });
  }

  private whatComesFirst(rule: 'answered' | 'kill-iff'): string {
    const { state } = this;
    if (rule === 'answered') {
      return `first ${STEP_OBLIGATIONS.find((r) => r.id === rule)!.breach(state)!.message}`;
    }
    const obligation = MACHINE_OBLIGATIONS.find((r) => r.id === rule)!;
    for (const machine of state.due.touched) {
      const breach = obligation.breach(state, machine);
      if (breach !== null) return `first ${breach}`;
    }
    return 'a kill is due first';
  }
}

function entityOf(decision: Decision): string {
  return 'id' in decision ? `invocation ${decision.id}` : `machine ${decision.machine}`;
}
