import type { Decision, Stimulus } from './alphabet.ts';
import type { Configuration } from './configuration.ts';
import { emptyTally, type Tally } from './coverage.ts';
import {
  bind,
  dropEntry,
  joinQueue,
  leaveMachine,
  moveToEnd,
  orphanCallee,
  page,
  resizeMachine,
  setDemand,
  writeEntry,
} from './effects.ts';
import { ImpossibleStimulus } from './input-error.ts';
import { invocationOf } from './live.ts';
import { advance, charge, uncharge } from './metering.ts';
import { answered } from './rules/admission.ts';
import { PERMISSION_OF_GUARD, PREDICATES, RULE_OF_DECISION } from './rules/index.ts';
import { killIff } from './rules/memory.ts';
import { placeLeastLoaded } from './rules/placement.ts';
import type { Occasion, RuleText } from './rules/rule.ts';
import {
  addInvocation,
  addMachine,
  type Due,
  empty,
  enterAvailability,
  enterPhase,
  type Invocation,
  initialState,
  type Machine,
  type State,
  touch,
} from './state.ts';
import { GUARD_NAMES } from './statecharts/guards.ts';
import { impossibility } from './stimuli.ts';
import {
  AVAILABILITY,
  availabilityTable,
  candidatesOf,
  EVENT,
  idleListTable,
  invocationTable,
  MEMORY,
  memoryTable,
  swapTable,
  type Table,
  TRANSITIONS,
  type Transition,
} from './table.ts';

const POSSIBLE = GUARD_NAMES.indexOf('possible');

/**
 * The product of the charts, run: it takes a stimulus, then decisions one by one. A decision is first examined,
 * which changes nothing and says which rule refuses it, if any; then it is applied.
 */
export class Model {
  readonly state: State;
  readonly tally: Tally;
  /** What the charts chose for the decision that was examined last. */
  private readonly chosen: Transition[] = [];
  private readonly occasion: Occasion = {
    decision: { type: 'throttle', id: 0 },
    invocation: null,
    machine: null,
  };

  /** @param tally counters to add to, so that many runs share one coverage. */
  constructor(config: Configuration, tally: Tally = emptyTally()) {
    this.state = initialState(config);
    this.tally = tally;
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
    switch (stimulus.type) {
      case 'boot':
        return this.boot();
      case 'submit':
        return this.submit(stimulus);
      case 'call':
        return this.call(stimulus);
      case 'turn':
        return this.turn(stimulus.shard);
      case 'resize':
        return this.resize(invocationOf(state.invocations, stimulus.id)!, stimulus.demand);
      case 'finish':
        return this.finish(invocationOf(state.invocations, stimulus.id)!);
      case 'antagonist':
        return this.antagonist(state.machines[stimulus.machine]!, stimulus.memory);
      case 'join':
        return this.join(stimulus);
      case 'drain':
        return this.drain(state.machines[stimulus.machine]!);
      case 'crash':
        return this.crash(state.machines[stimulus.machine]!);
      case 'restart':
        return this.restart(stimulus.shard);
      case 'tick':
        return;
    }
  }

  private boot(): void {
    const { state } = this;
    state.booted = true;
    for (const machine of state.machines) this.moveAvailability(machine, EVENT.boot);
  }

  private submit(stimulus: Extract<Stimulus, { type: 'submit' }>): void {
    const { state } = this;
    const { id, tenant, shard } = stimulus;
    const root = addInvocation(state, id, tenant, stimulus.function, stimulus.class, shard, null);
    this.movePhase(root, EVENT.submit);
    state.counts.submitted++;
    owe(state.due, 'submit', root);
    state.due.root = root;
  }

  private call(stimulus: Extract<Stimulus, { type: 'call' }>): void {
    const { state } = this;
    const { id, shard } = stimulus;
    const caller = invocationOf(state.invocations, stimulus.caller)!;
    uncharge(state, caller);
    this.movePhase(caller, EVENT.call);
    charge(state, caller);
    caller.machine!.willRunKnown = false;
    touch(state, caller.machine!);
    const callee = addInvocation(state, id, caller.tenant, stimulus.function, stimulus.class, shard, caller);
    caller.callee = callee;
    this.movePhase(callee, EVENT.call);
    state.counts.submitted++;
    owe(state.due, 'call', callee);
  }

  private turn(shard: number): void {
    const { state } = this;
    state.due.shard = shard;
    const canPlace = state.shards[shard]!.queued > 0 && state.byAvailability[AVAILABILITY.up]!.length > 0;
    if (canPlace) owe(state.due, 'turn', null);
  }

  private resize(invocation: Invocation, demand: number): void {
    this.movePhase(invocation, EVENT.resize);
    this.moveImage(invocation, EVENT.resize);
    setDemand(this.state, invocation, demand);
    this.moveMemory(invocation.machine!, EVENT.resize);
  }

  private finish(invocation: Invocation): void {
    uncharge(this.state, invocation);
    this.movePhase(invocation, EVENT.finish);
    charge(this.state, invocation);
    touch(this.state, invocation.machine!);
    owe(this.state.due, 'finish', invocation);
  }

  private antagonist(machine: Machine, memory: number): void {
    machine.antagonist = memory;
    machine.willRunKnown = false;
    touch(this.state, machine);
    this.moveAvailability(machine, EVENT.antagonist);
    this.moveMemory(machine, EVENT.antagonist);
  }

  private join(stimulus: Extract<Stimulus, { type: 'join' }>): void {
    const { state } = this;
    const machine = state.machines[stimulus.machine] ?? addMachine(state, stimulus);
    resizeMachine(machine, stimulus);
    this.moveAvailability(machine, EVENT.join);
  }

  private drain(machine: Machine): void {
    this.moveAvailability(machine, EVENT.drain);
  }

  /** All that live on the machine are lost together, and whoever among them waited for whom is forgotten. */
  private crash(machine: Machine): void {
    const { state } = this;
    const { due } = state;
    this.moveAvailability(machine, EVENT.crash);
    for (const invocation of machine.live) {
      uncharge(state, invocation);
      this.movePhase(invocation, EVENT.crash);
      this.moveImage(invocation, EVENT.crash);
      orphanCallee(invocation);
      invocation.cpuMs = 0;
      invocation.mbMs = 0;
      invocation.demand = 0;
      invocation.resident = 0;
      invocation.machine = null;
      invocation.willRun = false;
      due.lost.push(invocation);
    }
    machine.live.length = 0;
    machine.demand = 0;
    machine.resident = 0;
    machine.antagonist = 0;
    machine.willRunKnown = false;
    this.moveMemory(machine, EVENT.crash);
    due.lost.sort((a, b) => a.id - b.id);
    if (due.lost.length > 0) owe(due, 'crash', null);
  }

  private restart(shard: number): void {
    for (const machine of this.state.shards[shard]!.listed) {
      const transition = this.follow(idleListTable, machine.listing, EVENT.restart);
      machine.listing = transition.targetState;
      machine.lastListingChange = this.count(transition, machine.lastListingChange);
      dropEntry(this.state, machine);
    }
  }

  /** Which rule refuses a decision in this state; null when it is permitted. Changes nothing. */
  examine(decision: Decision): RuleText | null {
    const { state, occasion, chosen } = this;
    empty(chosen);
    const outOfTurn = this.outOfTurn(decision);
    if (outOfTurn !== null) return outOfTurn;
    occasion.decision = decision;
    const rule = RULE_OF_DECISION[decision.type];
    if (decision.type === 'list' || decision.type === 'relist' || decision.type === 'unlist') {
      const machine = state.machines[decision.machine];
      if (machine === undefined) return rule;
      occasion.invocation = null;
      occasion.machine = machine;
      return this.consider(idleListTable, machine.listing, EVENT[decision.type], rule);
    }
    const invocation = invocationOf(state.invocations, decision.id);
    if (invocation === undefined) return rule;
    occasion.invocation = invocation;
    occasion.machine = invocation.machine;
    const event = EVENT[decision.type];
    const refused = this.consider(invocationTable, invocation.phase, event, rule);
    if (refused !== null) return refused;
    switch (decision.type) {
      case 'place': {
        const machine = state.machines[decision.machine];
        if (machine === undefined) return placeLeastLoaded;
        occasion.machine = machine;
        const unfit = this.consider(availabilityTable, machine.availability, event, placeLeastLoaded);
        if (unfit !== null) return unfit;
        this.consider(idleListTable, machine.listing, event, rule);
        return this.consider(swapTable, invocation.image, event, rule);
      }
      case 'kill':
      case 'complete': {
        const { machine } = invocation;
        if (machine !== null) {
          if (candidatesOf(memoryTable, machine.memory, event) === undefined) return rule;
          this.consider(availabilityTable, machine.availability, event, rule);
        }
        return this.consider(swapTable, invocation.image, event, rule);
      }
      case 'pageOut':
      case 'pageIn':
        return (
          this.consider(memoryTable, invocation.machine!.memory, event, rule) ??
          this.consider(swapTable, invocation.image, event, rule)
        );
      case 'start':
        return this.consider(swapTable, invocation.image, event, rule);
      default:
        return null;
    }
  }

  /** What must come first: the wake, then the answer to the stimulus, then the kills. */
  private outOfTurn(decision: Decision): RuleText | null {
    const { due } = this.state;
    if (due.waking !== null) return decision.type === 'wake' ? null : answered;
    if (due.answer !== 'none') return answers(due.answer, decision) ? null : answered;
    return due.exhausted > 0 && decision.type !== 'kill' ? killIff : null;
  }

  /** Lets one chart choose among its transitions; null, or the rule that refuses. */
  private consider(table: Table, from: number, event: number, rule: RuleText): RuleText | null {
    const candidates = candidatesOf(table, from, event);
    if (candidates === undefined) return rule;
    for (const transition of candidates) {
      if (this.holds(transition)) {
        this.chosen.push(transition);
        return null;
      }
    }
    return PERMISSION_OF_GUARD[candidates[0]!.guard] ?? rule;
  }

  /**
   * Applies the decision that {@link examine} has just permitted.
   *
   * @throws ImpossibleStimulus when a sum leaves the safe integers.
   */
  apply(decision: Decision): void {
    const { state, chosen, occasion } = this;
    const { due } = state;
    this.countChosen();
    if (decision.type !== 'list' && decision.type !== 'relist' && decision.type !== 'unlist')
      due.settled = false;
    switch (decision.type) {
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
        this.moveMemory(machine, EVENT.place);
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
    const { state, chosen } = this;
    const { machine, caller } = invocation;
    uncharge(state, invocation);
    enterPhase(state, invocation, chosen[0]!.targetState);
    invocation.image = chosen.at(-1)!.targetState;
    if (machine !== null) {
      const availability = chosen.find((transition) => transition.table === availabilityTable.name);
      if (availability !== undefined) enterAvailability(state, machine, availability.targetState);
      leaveMachine(state, invocation);
      this.moveMemory(machine, event);
    }
    orphanCallee(invocation);
    if (caller === null) return;
    caller.callee = null;
    invocation.caller = null;
    this.movePhase(caller, EVENT.calleeEnds);
    state.due.waking = caller;
    state.due.outcome = outcome;
    state.due.owed = true;
  }

  private movePhase(invocation: Invocation, event: number): void {
    const transition = this.follow(invocationTable, invocation.phase, event, invocation);
    invocation.lastPhaseChange = this.count(transition, invocation.lastPhaseChange);
    enterPhase(this.state, invocation, transition.targetState);
  }

  private moveImage(invocation: Invocation, event: number): void {
    const transition = this.follow(swapTable, invocation.image, event, invocation);
    invocation.lastImageChange = this.count(transition, invocation.lastImageChange);
    invocation.image = transition.targetState;
  }

  private moveAvailability(machine: Machine, event: number): void {
    const transition = this.follow(availabilityTable, machine.availability, event, null, machine);
    machine.lastAvailabilityChange = this.count(transition, machine.lastAvailabilityChange);
    enterAvailability(this.state, machine, transition.targetState);
    touch(this.state, machine);
  }

  private moveMemory(machine: Machine, event: number): void {
    const before = machine.memory;
    const transition = this.follow(memoryTable, before, event, null, machine);
    machine.lastMemoryChange = this.count(transition, machine.lastMemoryChange);
    machine.memory = transition.targetState;
    if (before === MEMORY.exhausted) this.state.due.exhausted--;
    if (machine.memory === MEMORY.exhausted) this.state.due.exhausted++;
  }

  /** Moves a chart by what cannot be refused: a stimulus that is possible, or a consequence. */
  private follow(
    table: Table,
    from: number,
    event: number,
    invocation: Invocation | null = null,
    machine: Machine | null = null,
  ): Transition {
    this.occasion.invocation = invocation;
    this.occasion.machine = machine;
    for (const transition of candidatesOf(table, from, event) ?? []) {
      if (this.holds(transition)) return transition;
    }
    throw new Error(`chart ${table.name} has no way out of ${table.states[from]} by event ${event}`);
  }

  /** Asks the guard of a transition, and counts its outcome. */
  private holds(transition: Transition): boolean {
    const holds = PREDICATES[transition.guardIndex]!(this.state, this.occasion);
    this.tally.outcomes[transition.guardIndex * 2 + (holds ? 1 : 0)]!++;
    return holds;
  }

  /** Counts a transition, and that it comes after another; returns it as the last of its chart. */
  private count({ index }: Transition, last: number): number {
    this.tally.transitions[index]!++;
    if (last >= 0) this.tally.pairs[last * TRANSITIONS.length + index]!++;
    return index;
  }

  /** Counts what the charts chose for the decision that is being applied. */
  private countChosen(): void {
    const { invocation, machine } = this.occasion;
    for (const transition of this.chosen) {
      switch (transition.table) {
        case invocationTable.name:
          invocation!.lastPhaseChange = this.count(transition, invocation!.lastPhaseChange);
          break;
        case swapTable.name:
          invocation!.lastImageChange = this.count(transition, invocation!.lastImageChange);
          break;
        case availabilityTable.name:
          machine!.lastAvailabilityChange = this.count(transition, machine!.lastAvailabilityChange);
          break;
        case idleListTable.name:
          machine!.lastListingChange = this.count(transition, machine!.lastListingChange);
          break;
        default:
          machine!.lastMemoryChange = this.count(transition, machine!.lastMemoryChange);
      }
    }
  }
}

function beginStep(due: Due): void {
  for (const machine of due.touched) machine.touched = false;
  empty(due.touched);
  empty(due.enqueued);
  due.answer = 'none';
  due.subject = null;
  due.placed = null;
  due.root = null;
  due.owed = false;
  due.settled = false;
}

function owe(due: Due, answer: Due['answer'], subject: Invocation | null): void {
  due.answer = answer;
  due.subject = subject;
  due.owed = true;
}

/** Whether a decision is of the kind that answers a stimulus. */
function answers(answer: Due['answer'], decision: Decision): boolean {
  switch (answer) {
    case 'submit':
      return decision.type === 'enqueue' || decision.type === 'throttle';
    case 'call':
      return decision.type === 'enqueue';
    case 'turn':
      return decision.type === 'place';
    case 'finish':
      return decision.type === 'complete';
    case 'crash':
      return decision.type === 'enqueue' || decision.type === 'kill';
    case 'none':
      return false;
  }
}

/** One answer is given; a crash is answered when all that were lost have theirs. */
function settleAnswer(due: Due): void {
  if (due.answer === 'crash') {
    due.lost.shift();
    if (due.lost.length > 0) return;
  }
  due.answer = 'none';
}
