import type { Decision, DecisionType, Outcome, Stimulus } from './alphabet.ts';
import { takeOut } from './arrays.ts';
import { ChartWalk } from './chart-walk.ts';
import type { Configuration } from './configuration.ts';
import { emptyTally, type Tally } from './coverage.ts';
import { answers, beginStep, settleAnswer, settleTurn } from './due.ts';
import {
  beginTransfer,
  bind,
  dropEntry,
  grant,
  joinQueue,
  leaveMachine,
  moveToEnd,
  orphanCallee,
  page,
  writeEntry,
} from './effects.ts';
import type { Invocation } from './entities.ts';
import { happen } from './happen.ts';
import { ImpossibleStimulus } from './input-error.ts';
import { advance, billOf, charge, uncharge } from './metering.ts';
import { endReservationsOf } from './optional/lines.ts';
import { evict, noteOptional, quitQueue } from './optional/optional-effects.ts';
import { isOptionalPossible } from './optional/optional-possible.ts';
import { decisionsLeftOut } from './parts.ts';
import { isMoved, namesAnEntry, namesAQueue } from './possible.ts';
import { answered } from './rules/admission.ts';
import { type DecisionKind, isOptional, kindOf, RULES } from './rules/index.ts';
import { killIff, memoryBound, overfills } from './rules/memory.ts';
import { grantToRun, owedGrant } from './rules/paging.ts';
import { possibleDecision } from './rules/possible-decision.ts';
import type { RuleText } from './rules/rule.ts';
import { asks, EVERY_RULE, RULE_INDEX, type RuleSet } from './rules/rule-set.ts';
import { enterAvailability, enterDisk, enterPhase, initialState, type State, touch } from './state.ts';
import { GUARD_NAMES } from './statecharts/guards.ts';
import { impossibility } from './stimuli.ts';
import {
  availabilityTable,
  diskTable,
  EVENT,
  idleListTable,
  invocationTable,
  pressureTable,
  swapTable,
  type Transition,
} from './table.ts';
import { invocationOf } from './unended.ts';

const BILL_EXACT = RULE_INDEX['bill-exact'];
const POSSIBLE = GUARD_NAMES.indexOf('possible');
const ANSWERED = RULE_INDEX.answered;
const GRANT_TO_RUN = RULE_INDEX['grant-to-run'];
const MEMORY_BOUND = RULE_INDEX['memory-bound'];
const KILL_IFF = RULE_INDEX['kill-iff'];

/**
 * The product of the charts, run: it takes a stimulus, then decisions one by one. A decision is first examined, which
 * changes nothing and says which rule refuses it, if any; then it is applied.
 *
 * What is *possible* and what is *required* are two questions. A decision is possible when what it names exists and each
 * chart that it concerns has a transition for it. It is required to pass the rules that are asked. Whatever is possible
 * can be applied, so that the state that a wrong decision leads to can be seen and judged.
 */
export class Model {
  readonly state: State;
  readonly tally: Tally;
  /** The rules that are asked. */
  readonly rules: RuleSet;
  /** Where the charts stand, and what they chose last. */
  private readonly walk: ChartWalk;
  /** Decisions of parts that the configuration leaves out, if there are any. */
  private readonly leftOut: ReadonlySet<DecisionType> | null;

  /**
   * @param tally counters to add to, so that many runs share one coverage.
   * @param rules the rules to ask; by default all of XX.
   */
  constructor(config: Configuration, tally: Tally = emptyTally(), rules: RuleSet = EVERY_RULE) {
    this.state = initialState(config);
    this.tally = tally;
    this.rules = rules;
    this.walk = new ChartWalk(this.state, tally, rules);
    this.leftOut = decisionsLeftOut(config);
  }

  /**
   * Lets time pass and takes a stimulus.
   *
   * @throws ImpossibleStimulus when it is not possible in this state, or a sum leaves the safe integers.
   */
  stimulate(at: number, stimulus: Stimulus): void {
    const { state } = this;
    const reason = impossibility(state, at, stimulus);
    if (reason !== null) {
      this.tally.outcomes[POSSIBLE * 2]!++;
      throw new ImpossibleStimulus(reason);
    }
    advance(state, at);
    beginStep(state.due);
    happen({ state, walk: this.walk }, stimulus);
  }

  /**
   * Which rule refuses a decision in this state: `possible-decision` if it is not possible, whichever rules are asked;
   * otherwise the first of the rules asked that refuses it. Null when it is permitted. Changes nothing.
   */
  examine(decision: Decision, kind: DecisionKind = kindOf(decision)): RuleText | null {
    if (!this.isPossible(decision, kind)) return possibleDecision;
    return (
      this.outOfTurn(decision.type) ??
      this.ungranted(decision.type) ??
      this.refusal() ??
      this.overfilling(decision)
    );
  }

  /**
   * Whether a decision is possible in this state: what it names exists, and each chart that it concerns has a transition
   * for it. Finds these transitions.
   */
  isPossible(decision: Decision, kind: DecisionKind = kindOf(decision)): boolean {
    const { state, walk } = this;
    const { chosen, occasion } = walk;
    walk.begin();
    if (this.leftOut?.has(decision.type)) return false;
    if (isOptional(decision, kind)) return isOptionalPossible(state, walk, decision, kind);
    const { event } = kind;
    occasion.decision = decision;
    const { type } = decision;
    if (type === 'list' || type === 'relist' || type === 'unlist') {
      const machine = state.machines[decision.machine];
      if (machine === undefined) return false;
      occasion.invocation = null;
      occasion.machine = machine;
      if (!namesAnEntry(state, machine, decision)) return false;
      chosen.idleList = walk.possible(idleListTable, machine.listing, event);
      return chosen.idleList !== null;
    }
    const invocation = invocationOf(state.invocations, decision.id);
    if (invocation === undefined) return false;
    occasion.invocation = invocation;
    occasion.machine = invocation.machine;
    chosen.invocation = walk.possible(invocationTable, invocation.phase, event);
    if (chosen.invocation === null) return false;
    switch (type) {
      case 'enqueue':
        return namesAQueue(state, decision);
      case 'place': {
        const machine = state.machines[decision.machine];
        if (machine === undefined || invocation.shard !== decision.shard) return false;
        occasion.machine = machine;
        chosen.availability = walk.possible(availabilityTable, machine.availability, event);
        chosen.idleList = walk.possible(idleListTable, machine.listing, event);
        chosen.swap = walk.possible(swapTable, invocation.image, event);
        return chosen.availability !== null && chosen.swap !== null;
      }
      case 'kill':
      case 'complete': {
        const { machine } = invocation;
        if (machine !== null) {
          chosen.availability = walk.possible(availabilityTable, machine.availability, event);
        }
        chosen.swap = walk.possible(swapTable, invocation.image, event);
        return chosen.swap !== null;
      }
      case 'pageOut':
      case 'pageIn':
        if (!isMoved(decision.memory)) return false;
        chosen.pressure = walk.possible(pressureTable, invocation.machine!.pressure, event);
        chosen.swap = walk.possible(swapTable, invocation.image, event);
        if (chosen.pressure === null || chosen.swap === null) return false;
        if (state.config.paging === undefined) return true;
        chosen.disk = walk.possible(diskTable, invocation.machine!.disk, event);
        return chosen.disk !== null;
      case 'allocate':
        if (!isMoved(decision.memory)) return false;
        chosen.swap = walk.possible(swapTable, invocation.image, event);
        return chosen.swap !== null;
      case 'start':
        chosen.swap = walk.possible(swapTable, invocation.image, event);
        return chosen.swap !== null;
      default:
        return true;
    }
  }

  /** What must come first, as far as it is asked: the wake, then the answer to the stimulus, then the kills. */
  private outOfTurn(type: DecisionType): RuleText | null {
    const { due } = this.state;
    const wakes = due.waking.length > 0;
    if (wakes || due.answer !== 'none') {
      if (wakes ? type === 'wake' : answers(due.answer, type)) return null;
      if (asks(this.rules, ANSWERED)) return answered;
    }
    return due.exhausted > 0 && type !== 'kill' && asks(this.rules, KILL_IFF) ? killIff : null;
  }

  /** Where paging takes time: what must come first on a machine once no kill is due, which is to give out free RAM. */
  private ungranted(type: DecisionType): RuleText | null {
    if (this.state.config.paging === undefined || !asks(this.rules, GRANT_TO_RUN)) return null;
    if (type !== 'pageIn' && type !== 'pageOut' && type !== 'start' && type !== 'preempt') return null;
    return owedGrant(this.walk.occasion.machine!) === null ? null : grantToRun;
  }

  /** Where paging takes time: what holds at every instant, not only where a step ends. */
  private overfilling(decision: Decision): RuleText | null {
    if (this.state.config.paging === undefined || !asks(this.rules, MEMORY_BOUND)) return null;
    const { machine } = this.walk.occasion;
    return machine !== null && overfills(machine, decision) ? memoryBound : null;
  }

  /** The first rule, of those that are asked, by which a chart refuses what it would have to do. */
  private refusal(): RuleText | null {
    const { walk } = this;
    const { invocation, availability, swap, idleList, optional } = walk.chosen;
    if (walk.refuses(invocation)) return ruleOf(invocation!);
    if (walk.refuses(availability)) return ruleOf(availability!);
    if (walk.refuses(swap)) return ruleOf(swap!);
    if (walk.refuses(idleList)) return ruleOf(idleList!);
    return walk.refuses(optional) ? ruleOf(optional!) : null;
  }

  /**
   * Applies the decision that was examined just now, and is possible.
   *
   * @throws ImpossibleStimulus when a sum leaves the safe integers.
   */
  apply(decision: Decision): void {
    const { state, walk } = this;
    const { chosen, occasion } = walk;
    const { due } = state;
    walk.countChosen();
    const { type } = decision;
    if (type !== 'list' && type !== 'relist' && type !== 'unlist') due.settled = false;
    switch (type) {
      case 'enqueue': {
        const invocation = occasion.invocation!;
        enterPhase(state, invocation, chosen.invocation!.targetState);
        joinQueue(state, invocation, decision.shard, decision.class, decision.degraded);
        return settleAnswer(due, invocation);
      }
      case 'throttle':
        enterPhase(state, occasion.invocation!, chosen.invocation!.targetState);
        state.counts.throttled++;
        return settleAnswer(due, occasion.invocation!);
      case 'place': {
        const invocation = occasion.invocation!;
        const machine = occasion.machine!;
        enterPhase(state, invocation, chosen.invocation!.targetState);
        invocation.image = chosen.swap!.targetState;
        bind(state, invocation, machine);
        if (chosen.idleList !== null) {
          const entry = machine.entry!;
          writeEntry(state, machine, { ...entry, functions: entry.functions + 1 });
        }
        walk.movePressure(machine, EVENT.place);
        if (state.optional !== null) endReservationsOf(state.optional, invocation, walk, EVENT.place);
        return settleTurn(due, decision.shard);
      }
      case 'start':
      case 'preempt':
        uncharge(state, occasion.invocation!);
        enterPhase(state, occasion.invocation!, chosen.invocation!.targetState);
        charge(state, occasion.invocation!);
        touch(state, occasion.invocation!.machine!);
        return;
      case 'pageOut':
      case 'pageIn': {
        const invocation = occasion.invocation!;
        const comesIn = decision.type === 'pageIn';
        invocation.image = chosen.swap!.targetState;
        if (chosen.disk === null)
          return page(state, invocation, comesIn ? decision.memory : -decision.memory);
        enterDisk(state, occasion.machine!, chosen.disk.targetState);
        return beginTransfer(state, invocation, comesIn ? 'swap' : 'ram', decision.memory);
      }
      case 'allocate':
        occasion.invocation!.image = chosen.swap!.targetState;
        return grant(state, occasion.invocation!, decision.memory);
      case 'kill':
        state.counts.killed++;
        return this.end(occasion.invocation!, EVENT.kill, 'failed');
      case 'complete':
        state.counts.completed++;
        return this.end(occasion.invocation!, EVENT.complete, 'ok');
      case 'evict': {
        const { machine, invocation } = occasion;
        evict(state, invocation!, chosen);
        return walk.movePressure(machine!, EVENT.evict);
      }
      case 'cancel':
        return this.cancel(occasion.invocation!);
      case 'reserve':
      case 'release':
      case 'probe':
      case 'forget':
      case 'refuse':
        return noteOptional(state, decision, occasion.invocation, occasion.machine!);
      case 'wake': {
        const invocation = occasion.invocation!;
        takeOut(due.waking, invocation);
        uncharge(state, invocation);
        enterPhase(state, invocation, chosen.invocation!.targetState);
        charge(state, invocation);
        return moveToEnd(state, invocation);
      }
      case 'list':
      case 'relist':
        occasion.machine!.listing = chosen.idleList!.targetState;
        writeEntry(state, occasion.machine!, {
          shard: decision.shard,
          available: decision.available,
          functions: decision.functions,
        });
        return;
      case 'unlist':
        occasion.machine!.listing = chosen.idleList!.targetState;
        return dropEntry(state, occasion.machine!);
    }
  }

  /** One that nobody waits for is ended, wherever it is. */
  private cancel(invocation: Invocation): void {
    const { state, walk } = this;
    state.counts.killed++;
    state.optional!.counts.cancelled++;
    quitQueue(state, invocation, walk);
    this.end(invocation, EVENT.cancel, 'failed');
  }

  /** An invocation completes or is killed: its memory is freed, and a caller that waits for it is about to wake. */
  private end(invocation: Invocation, event: number, outcome: Outcome): void {
    const { state, walk } = this;
    const { chosen } = walk;
    const { due } = state;
    const { machine, caller } = invocation;
    // A bill beyond the safe integers refuses the scenario, even if no rule asks whether the bill is right.
    if (!asks(this.rules, BILL_EXACT)) billOf(state, invocation);
    uncharge(state, invocation);
    enterPhase(state, invocation, chosen.invocation!.targetState);
    invocation.image = chosen.swap!.targetState;
    if (machine !== null) {
      walk.moveDisk(machine, event, invocation);
      if (chosen.availability !== null) enterAvailability(state, machine, chosen.availability.targetState);
      leaveMachine(state, invocation);
      walk.movePressure(machine, event);
    }
    settleAnswer(due, invocation);
    takeOut(due.waking, invocation);
    orphanCallee(invocation);
    if (caller === null) return;
    caller.callee = null;
    invocation.caller = null;
    walk.movePhase(caller, EVENT.calleeEnds);
    caller.calleeOutcome = outcome;
    due.waking.push(caller);
    due.owed = true;
  }
}

function ruleOf({ rule }: Transition): RuleText {
  return RULES[rule]!;
}
