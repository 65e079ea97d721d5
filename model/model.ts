import type { Decision, DecisionType, Stimulus } from './alphabet.ts';
import { ChartWalk } from './chart-walk.ts';
import type { Configuration } from './configuration.ts';
import { emptyTally, type Tally } from './coverage.ts';
import { answers, beginStep, settleAnswer } from './due.ts';
import {
  bind,
  dropEntry,
  joinQueue,
  leaveMachine,
  moveToEnd,
  orphanCallee,
  page,
  writeEntry,
} from './effects.ts';
import { happen } from './happen.ts';
import { ImpossibleStimulus } from './input-error.ts';
import { invocationOf } from './live.ts';
import { advance, charge, uncharge } from './metering.ts';
import { answered } from './rules/admission.ts';
import { DECISION_KINDS, type DecisionKind } from './rules/index.ts';
import { killIff } from './rules/memory.ts';
import { placeLeastLoaded } from './rules/placement.ts';
import type { RuleText } from './rules/rule.ts';
import {
  empty,
  enterAvailability,
  enterPhase,
  type Invocation,
  initialState,
  type State,
  touch,
} from './state.ts';
import { GUARD_NAMES } from './statecharts/guards.ts';
import { impossibility } from './stimuli.ts';
import {
  availabilityTable,
  candidatesOf,
  EVENT,
  idleListTable,
  invocationTable,
  memoryTable,
  swapTable,
} from './table.ts';

const POSSIBLE = GUARD_NAMES.indexOf('possible');

/**
 * The product of the charts, run: it takes a stimulus, then decisions one by one. A decision is first examined,
 * which changes nothing and says which rule refuses it, if any; then it is applied.
 */
export class Model {
  readonly state: State;
  readonly tally: Tally;
  /** Where the charts stand, and what they chose last. */
  readonly walk: ChartWalk;

  /** @param tally counters to add to, so that many runs share one coverage. */
  constructor(config: Configuration, tally: Tally = emptyTally()) {
    this.state = initialState(config);
    this.tally = tally;
    this.walk = new ChartWalk(this.state, tally);
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
    happen(this, stimulus);
  }

  /** Which rule refuses a decision in this state; null when it is permitted. Changes nothing. */
  examine(
    decision: Decision,
    { event, rule }: DecisionKind = DECISION_KINDS[decision.type],
  ): RuleText | null {
    const { state, walk } = this;
    const { chosen, occasion } = walk;
    empty(chosen);
    const { type } = decision;
    const outOfTurn = this.outOfTurn(type);
    if (outOfTurn !== null) return outOfTurn;
    occasion.decision = decision;
    if (type === 'list' || type === 'relist' || type === 'unlist') {
      const machine = state.machines[decision.machine];
      if (machine === undefined) return rule;
      occasion.invocation = null;
      occasion.machine = machine;
      return walk.consider(idleListTable, machine.listing, event, rule);
    }
    const invocation = invocationOf(state.invocations, decision.id);
    if (invocation === undefined) return rule;
    occasion.invocation = invocation;
    occasion.machine = invocation.machine;
    const refused = walk.consider(invocationTable, invocation.phase, event, rule);
    if (refused !== null) return refused;
    switch (type) {
      case 'place': {
        const machine = state.machines[decision.machine];
        if (machine === undefined) return placeLeastLoaded;
        occasion.machine = machine;
        const unfit = walk.consider(availabilityTable, machine.availability, event, placeLeastLoaded);
        if (unfit !== null) return unfit;
        walk.consider(idleListTable, machine.listing, event, rule);
        return walk.consider(swapTable, invocation.image, event, rule);
      }
      case 'kill':
      case 'complete': {
        const { machine } = invocation;
        if (machine !== null) {
          if (candidatesOf(memoryTable, machine.memory, event) === undefined) return rule;
          walk.consider(availabilityTable, machine.availability, event, rule);
        }
        return walk.consider(swapTable, invocation.image, event, rule);
      }
      case 'pageOut':
      case 'pageIn':
        return (
          walk.consider(memoryTable, invocation.machine!.memory, event, rule) ??
          walk.consider(swapTable, invocation.image, event, rule)
        );
      case 'start':
        return walk.consider(swapTable, invocation.image, event, rule);
      default:
        return null;
    }
  }

  /** What must come first: the wake, then the answer to the stimulus, then the kills. */
  private outOfTurn(type: DecisionType): RuleText | null {
    const { due } = this.state;
    if (due.waking !== null) return type === 'wake' ? null : answered;
    if (due.answer !== 'none') return answers(due.answer, type) ? null : answered;
    return due.exhausted > 0 && type !== 'kill' ? killIff : null;
  }

  /**
   * Applies the decision that {@link examine} has just permitted.
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
        enterPhase(state, invocation, chosen[0]!.targetState);
        joinQueue(state, invocation, decision.class, decision.degraded);
        return settleAnswer(due);
      }
      case 'throttle':
        enterPhase(state, occasion.invocation!, chosen[0]!.targetState);
        state.counts.throttled++;
        return settleAnswer(due);
      case 'place': {
        const invocation = occasion.invocation!;
        const machine = occasion.machine!;
        enterPhase(state, invocation, chosen[0]!.targetState);
        invocation.image = chosen.at(-1)!.targetState;
        bind(state, invocation, machine);
        const { entry } = machine;
        if (decision.via === 'idle-list' && entry !== null) {
          writeEntry(state, machine, { ...entry, functions: entry.functions + 1 });
        }
        walk.moveMemory(machine, EVENT.place);
        return settleAnswer(due);
      }
      case 'start':
      case 'preempt':
        uncharge(state, occasion.invocation!);
        enterPhase(state, occasion.invocation!, chosen[0]!.targetState);
        charge(state, occasion.invocation!);
        touch(state, occasion.invocation!.machine!);
        return;
      case 'pageOut':
      case 'pageIn': {
        const invocation = occasion.invocation!;
        invocation.image = chosen.at(-1)!.targetState;
        page(state, invocation, decision.type === 'pageIn' ? decision.memory : -decision.memory);
        return;
      }
      case 'kill':
        state.counts.killed++;
        this.end(occasion.invocation!, EVENT.kill, 'failed');
        if (due.answer === 'crash') settleAnswer(due);
        return;
      case 'complete':
        state.counts.completed++;
        this.end(occasion.invocation!, EVENT.complete, 'ok');
        return settleAnswer(due);
      case 'wake':
        due.waking = null;
        uncharge(state, occasion.invocation!);
        enterPhase(state, occasion.invocation!, chosen[0]!.targetState);
        charge(state, occasion.invocation!);
        return moveToEnd(state, occasion.invocation!);
      case 'list':
      case 'relist':
        occasion.machine!.listing = chosen[0]!.targetState;
        writeEntry(state, occasion.machine!, {
          shard: decision.shard,
          available: decision.available,
          functions: decision.functions,
        });
        return;
      case 'unlist':
        occasion.machine!.listing = chosen[0]!.targetState;
        return dropEntry(state, occasion.machine!);
    }
  }

  /** An invocation completes or is killed: its memory is freed, and whoever waits for it is about to wake. */
  private end(invocation: Invocation, event: number, outcome: 'ok' | 'failed'): void {
    const { state, walk } = this;
    const { chosen } = walk;
    const { machine, caller } = invocation;
    uncharge(state, invocation);
    enterPhase(state, invocation, chosen[0]!.targetState);
    invocation.image = chosen.at(-1)!.targetState;
    if (machine !== null) {
      const availability = chosen.find((transition) => transition.table === availabilityTable.name);
      if (availability !== undefined) enterAvailability(state, machine, availability.targetState);
      leaveMachine(state, invocation);
      walk.moveMemory(machine, event);
    }
    orphanCallee(invocation);
    if (caller === null) return;
    caller.callee = null;
    invocation.caller = null;
    walk.movePhase(caller, EVENT.calleeEnds);
    state.due.waking = caller;
    state.due.outcome = outcome;
    state.due.owed = true;
  }
}
