import type { Decision, Stimulus } from './alphabet.ts';
import type { Configuration } from './configuration.ts';
import { emptyTally, type Tally } from './coverage.ts';
import { invocationOf } from './live.ts';
import { Model } from './model.ts';
import { permitted } from './permitted.ts';
import { wordsOfDecision, wordsOfStimulus } from './render/words.ts';
import { answered, inherit } from './rules/admission.ts';
import { idleListTrue } from './rules/idle-lists.ts';
import {
  DECISION_KINDS,
  type DecisionKind,
  MACHINE_OBLIGATIONS,
  PERMISSIONS,
  permissionsTested,
  RULE_INDEX,
  STEP_OBLIGATIONS,
} from './rules/index.ts';
import { killIff, memoryBound } from './rules/memory.ts';
import { budgetBound } from './rules/money.ts';
import { boundedOvertaking } from './rules/placement.ts';
import type { RuleId, RuleText } from './rules/rule.ts';
import { runResident, runTheHighest } from './rules/running.ts';
import type { Machine, State } from './state.ts';

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
      const kind = DECISION_KINDS[decision.type];
      const refused = this.consider(decision, kind);
      if (refused !== null) return refused;
      for (const rule of permissionsTested(decision, kind)) this.tally.premises[rule]!++;
      this.model.apply(decision);
    }
    return this.judgeEnd(stimulus);
  }

  /** Judges one decision of the step in progress, and leaves it undone; null when it is permitted. */
  consider(decision: Decision, kind?: DecisionKind): Violation | null {
    const refusal = this.model.examine(decision, kind);
    return refusal === null ? null : this.refuse(decision, refusal);
  }

  /** Judges what the step in progress would owe if it ended here; null when it may end. */
  judgeEnd(stimulus: Stimulus): Violation | null {
    const { state } = this;
    const { premises } = this.tally;
    // The rules stand here by name, since calls that a compiler can see through cost a fraction of those in a loop.
    if (answered.applies(state)) premises[RULE_INDEX.answered]!++;
    if (inherit.applies(state)) premises[RULE_INDEX.inherit]!++;
    if (boundedOvertaking.applies(state)) premises[RULE_INDEX['bounded-overtaking']]!++;
    if (budgetBound.applies(state)) premises[RULE_INDEX['budget-bound']]!++;
    const breach =
      answered.breach(state) ??
      inherit.breach(state) ??
      boundedOvertaking.breach(state) ??
      budgetBound.breach(state);
    if (breach !== null) {
      const rule = STEP_OBLIGATIONS.find((each) => each.breach(state) !== null)!;
      return this.owing(stimulus, rule, breach.entity, breach.message);
    }
    for (const machine of state.due.touched) {
      const violation = this.judgeMachine(stimulus, machine);
      if (violation !== null) return violation;
    }
    return null;
  }

  private judgeMachine(stimulus: Stimulus, machine: Machine): Violation | null {
    const { state } = this;
    const { premises } = this.tally;
    if (killIff.applies(state, machine)) premises[RULE_INDEX['kill-iff']]!++;
    if (memoryBound.applies(state, machine)) premises[RULE_INDEX['memory-bound']]!++;
    if (runResident.applies(state, machine)) premises[RULE_INDEX['run-resident']]!++;
    if (runTheHighest.applies(state, machine)) premises[RULE_INDEX['run-the-highest']]!++;
    if (idleListTrue.applies(state, machine)) premises[RULE_INDEX['idle-list-true']]!++;
    const breach =
      killIff.breach(state, machine) ??
      memoryBound.breach(state, machine) ??
      runResident.breach(state, machine) ??
      runTheHighest.breach(state, machine) ??
      idleListTrue.breach(state, machine);
    if (breach === null) return null;
    const rule = MACHINE_OBLIGATIONS.find((each) => each.breach(state, machine) !== null)!;
    return this.owing(stimulus, rule, `machine ${machine.id}`, breach);
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
      return `first ${answered.breach(state)!.message}`;
    }
    for (const machine of state.due.touched) {
      const breach = killIff.breach(state, machine);
      if (breach !== null) return `first ${breach}`;
    }
    return 'a kill is due first';
  }
}

function entityOf(decision: Decision): string {
  return 'id' in decision ? `invocation ${decision.id}` : `machine ${decision.machine}`;
}
