import type { Decision, Stimulus } from './alphabet.ts';
import type { Configuration } from './configuration.ts';
import { emptyTally, type Tally } from './coverage.ts';
import type { Machine } from './entities.ts';
import { ImpossibleStimulus } from './input-error.ts';
import { Model } from './model.ts';
import { NOT_OF_XX } from './optional/not-of-xx.ts';
import { permitted } from './permitted.ts';
import { whyImpossible } from './possible.ts';
import { answered, inherit } from './rules/admission.ts';
import { idleListTrue } from './rules/idle-lists.ts';
import { type DecisionKind, isOptional, kindOf, PERMISSIONS, permissionsTested } from './rules/index.ts';
import { killIff, memoryBound } from './rules/memory.ts';
import { budgetBound } from './rules/money.ts';
import { diskWorks, grantToRun } from './rules/paging.ts';
import { boundedOvertaking } from './rules/placement.ts';
import type { RuleId, RuleText, StepBreach } from './rules/rule.ts';
import { asks, EVERY_RULE, RULE_INDEX, type RuleSet } from './rules/rule-set.ts';
import { runResident, runTheHighest } from './rules/running.ts';
import type { State } from './state.ts';
import { invocationOf } from './unended.ts';
import { wordsOfDecision, wordsOfStimulus } from './words.ts';

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

/** The numbers of the obligations, as constants: a look-up would cost several times as much. */
const ANSWERED = RULE_INDEX.answered;
const INHERIT = RULE_INDEX.inherit;
const BOUNDED_OVERTAKING = RULE_INDEX['bounded-overtaking'];
const BUDGET_BOUND = RULE_INDEX['budget-bound'];
const KILL_IFF = RULE_INDEX['kill-iff'];
const MEMORY_BOUND = RULE_INDEX['memory-bound'];
const RUN_RESIDENT = RULE_INDEX['run-resident'];
const RUN_THE_HIGHEST = RULE_INDEX['run-the-highest'];
const GRANT_TO_RUN = RULE_INDEX['grant-to-run'];
const DISK_WORKS = RULE_INDEX['disk-works'];
const POSSIBLE_DECISION = RULE_INDEX['possible-decision'];
const IDLE_LIST_TRUE = RULE_INDEX['idle-list-true'];

/**
 * Judges a trace by a set of rules, one step at a time: every decision must be possible, and permitted in the state in
 * which it is emitted; and at the end of a step nothing may be owed. After a violation a judge can judge no further
 * steps, but its state shows where the step has led.
 */
export class Judge {
  readonly model: Model;
  readonly tally: Tally;
  /** Steps judged so far. */
  steps = 0;
  /** The decisions of the last step that had their effect: all of them, unless one was refused. */
  taken: readonly Decision[] = [];

  /** @param rules the rules to ask; by default all of XX. */
  constructor(configuration: Configuration, tally: Tally = emptyTally(), rules: RuleSet = EVERY_RULE) {
    this.tally = tally;
    this.model = new Model(configuration, tally, rules);
  }

  /** The state after the last step: for generators, replay and properties that look beyond the rules. */
  get state(): State {
    return this.model.state;
  }

  /**
   * Judges one step. A decision that is refused, and those after it, still take effect as far as they are possible;
   * those after it are not judged.
   *
   * @returns null when it is accepted.
   * @throws ImpossibleStimulus when the stimulus is not possible: the scenario's fault, not the scheduler's.
   */
  step(at: number, stimulus: Stimulus, decisions: readonly Decision[]): Violation | null {
    this.steps++;
    this.taken = decisions;
    this.model.stimulate(at, stimulus);
    this.tally.premises[POSSIBLE_DECISION]! += decisions.length;
    for (let index = 0; index < decisions.length; index++) {
      const decision = decisions[index]!;
      const kind = kindOf(decision);
      const refused = this.consider(decision, kind);
      if (refused !== null) {
        // What a rule refuses has put it to the test; every decision is counted above for being possible.
        if (refused.rule !== 'possible-decision') this.tally.premises[RULE_INDEX[refused.rule]]!++;
        this.applyTheRest(decisions, index);
        return refused;
      }
      for (const rule of permissionsTested(decision, kind)) {
        if (asks(this.model.rules, rule)) this.tally.premises[rule]!++;
      }
      this.model.apply(decision);
    }
    return this.judgeEnd(stimulus);
  }

  /** Judges one decision of the step in progress, and leaves it undone; null when it is permitted. */
  consider(decision: Decision, kind?: DecisionKind): Violation | null {
    const refusal = this.model.examine(decision, kind);
    return refusal === null ? null : this.refuse(decision, refusal);
  }

  private applyTheRest(decisions: readonly Decision[], from: number): void {
    const { model } = this;
    const taken = decisions.slice(0, from);
    this.taken = taken;
    try {
      for (let index = from; index < decisions.length; index++) {
        const decision = decisions[index]!;
        if (!model.isPossible(decision)) continue;
        model.apply(decision);
        taken.push(decision);
      }
    } catch (error) {
      // A sum has left the safe integers: nothing more can be seen.
      if (!(error instanceof ImpossibleStimulus)) throw error;
    }
  }

  /** Judges what the step in progress would owe if it ended here; null when it may end. */
  judgeEnd(stimulus: Stimulus): Violation | null {
    const { state } = this;
    const { rules } = this.model;
    const { premises } = this.tally;
    let breach: StepBreach | null = null;
    let broken: RuleText = answered;
    if (asks(rules, ANSWERED)) {
      if (answered.applies(state)) premises[ANSWERED]!++;
      breach = answered.breach(state);
    }
    if (asks(rules, INHERIT)) {
      if (inherit.applies(state)) premises[INHERIT]!++;
      if (breach === null) {
        breach = inherit.breach(state);
        broken = inherit;
      }
    }
    if (asks(rules, BOUNDED_OVERTAKING)) {
      if (boundedOvertaking.applies(state)) premises[BOUNDED_OVERTAKING]!++;
      if (breach === null) {
        breach = boundedOvertaking.breach(state);
        broken = boundedOvertaking;
      }
    }
    if (asks(rules, BUDGET_BOUND)) {
      if (budgetBound.applies(state)) premises[BUDGET_BOUND]!++;
      if (breach === null) {
        breach = budgetBound.breach(state);
        broken = budgetBound;
      }
    }
    if (breach !== null) return this.owing(stimulus, broken, breach.entity, breach.message);
    for (const machine of state.due.touched) {
      const violation = this.judgeMachine(stimulus, machine);
      if (violation !== null) return violation;
    }
    return null;
  }

  private judgeMachine(stimulus: Stimulus, machine: Machine): Violation | null {
    const { state } = this;
    const { rules } = this.model;
    const { premises } = this.tally;
    let breach: string | null = null;
    let broken: RuleText = killIff;
    if (asks(rules, KILL_IFF)) {
      if (killIff.applies(state, machine)) premises[KILL_IFF]!++;
      breach = killIff.breach(state, machine);
    }
    if (asks(rules, MEMORY_BOUND)) {
      if (memoryBound.applies(state, machine)) premises[MEMORY_BOUND]!++;
      if (breach === null) {
        breach = memoryBound.breach(state, machine);
        broken = memoryBound;
      }
    }
    if (asks(rules, RUN_RESIDENT)) {
      if (runResident.applies(state, machine)) premises[RUN_RESIDENT]!++;
      if (breach === null) {
        breach = runResident.breach(state, machine);
        broken = runResident;
      }
    }
    if (asks(rules, RUN_THE_HIGHEST)) {
      if (runTheHighest.applies(state, machine)) premises[RUN_THE_HIGHEST]!++;
      if (breach === null) {
        breach = runTheHighest.breach(state, machine);
        broken = runTheHighest;
      }
    }
    if (state.config.paging !== undefined) {
      if (asks(rules, GRANT_TO_RUN)) {
        if (grantToRun.applies(state, machine)) premises[GRANT_TO_RUN]!++;
        if (breach === null) {
          breach = grantToRun.breach(state, machine);
          broken = grantToRun;
        }
      }
      if (asks(rules, DISK_WORKS)) {
        if (diskWorks.applies(state, machine)) premises[DISK_WORKS]!++;
        if (breach === null) {
          breach = diskWorks.breach(state, machine);
          broken = diskWorks;
        }
      }
    }
    if (asks(rules, IDLE_LIST_TRUE)) {
      if (idleListTrue.applies(state, machine)) premises[IDLE_LIST_TRUE]!++;
      if (breach === null) {
        breach = idleListTrue.breach(state, machine);
        broken = idleListTrue;
      }
    }
    return breach === null ? null : this.owing(stimulus, broken, `machine ${machine.id}`, breach);
  }

  private refuse(decision: Decision, rule: RuleText): Violation {
    const what = `step ${this.steps}: \`${wordsOfDecision(decision)}\` is refused by ${rule.id}: ${this.objection(decision, rule)}`;
    return this.violation(rule.id, entityOf(decision), what, decision);
  }

  private owing(stimulus: Stimulus, rule: RuleText, entity: string, message: string): Violation {
    const what = `step ${this.steps} (${wordsOfStimulus(stimulus)}) ends without meeting ${rule.id}: ${message}`;
    return this.violation(rule.id, entity, what, null);
  }

  private violation(rule: RuleId, entity: string, what: string, decision: Decision | null): Violation {
    const allowed: Decision[] = [];
    for (const permittedDecision of permitted(this.model)) {
      allowed.push(permittedDecision);
      if (allowed.length === MOST_ALLOWED) break;
    }
    return { step: this.steps, rule, entity, message: `${what}${this.instead(allowed)}`, decision, allowed };
  }

  /** What to do instead. Where not all rules are asked much else would be permitted as well. */
  private instead(allowed: readonly Decision[]): string {
    if (allowed.length > 0) {
      return `; permitted here: ${allowed.map((decision) => `\`${wordsOfDecision(decision)}\``).join(', ')}`;
    }
    return this.model.rules === EVERY_RULE ? '; nothing more is permitted in this step' : '';
  }

  /** Why a rule refuses a decision, with the numbers that decide. */
  private objection(decision: Decision, rule: RuleText): string {
    const { state } = this;
    if (rule.id === 'possible-decision') return whyImpossible(state, decision);
    const killIsDueFirst = rule.id === 'kill-iff' && decision.type !== 'kill' && state.due.exhausted > 0;
    if (rule.id === 'answered' || killIsDueFirst) return this.whatComesFirst(rule.id);
    if (isOptional(decision) && rule.id !== 'bill-exact') return NOT_OF_XX[decision.type];
    const permission = PERMISSIONS.find((candidate) => candidate.id === rule.id)!;
    const invocation = 'id' in decision ? (invocationOf(state.invocations, decision.id) ?? null) : null;
    const machine = 'machine' in decision ? (state.machines[decision.machine] ?? null) : null;
    return permission.objection(state, {
      decision,
      invocation,
      machine: machine ?? invocation?.machine ?? null,
      rules: this.model.rules,
    });
  }

  private whatComesFirst(rule: RuleId): string {
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
