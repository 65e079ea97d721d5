import type { Tally } from './coverage.ts';
import type { Invocation, Machine } from './entities.ts';
import { PREDICATES } from './rules/index.ts';
import type { Occasion } from './rules/rule.ts';
import { asks, type RuleSet } from './rules/rule-set.ts';
import { enterAvailability, enterDisk, enterPhase, type State, touch } from './state.ts';
import {
  availabilityTable,
  COUNTED,
  candidatesOf,
  diskTable,
  invocationTable,
  PRESSURE,
  pressureTable,
  swapTable,
  type Table,
  type Transition,
} from './table.ts';

/** The transition that each chart takes for a decision; null: the decision does not move it. */
export interface Chosen {
  invocation: Transition | null;
  swap: Transition | null;
  availability: Transition | null;
  idleList: Transition | null;
  pressure: Transition | null;
  disk: Transition | null;
  /** Of the reservation, probe or client chart. */
  optional: Transition | null;
}

/**
 * Walks the charts: finds their transitions, asks guards, moves what stands on them, and counts transitions, pairs and
 * outcomes of guards as it goes.
 */
export class ChartWalk {
  /** What the charts chose for the decision that was examined last. */
  readonly chosen: Chosen = {
    invocation: null,
    swap: null,
    availability: null,
    idleList: null,
    pressure: null,
    disk: null,
    optional: null,
  };
  /** What guards are asked about. */
  readonly occasion: Occasion;
  private readonly state: State;
  private readonly tally: Tally;
  private readonly rules: RuleSet;

  constructor(state: State, tally: Tally, rules: RuleSet) {
    this.state = state;
    this.tally = tally;
    this.rules = rules;
    this.occasion = { decision: { type: 'throttle', id: 0 }, invocation: null, machine: null, rules };
  }

  /** Forgets what was chosen. */
  begin(): void {
    const { chosen } = this;
    chosen.invocation = null;
    chosen.swap = null;
    chosen.availability = null;
    chosen.idleList = null;
    chosen.pressure = null;
    chosen.disk = null;
    chosen.optional = null;
  }

  /**
   * The transition that is possible for an event: the first whose guard holds. Only guards that ask for plain facts are
   * evaluated here; one that stands for a rule is evaluated later, and only if that rule is asked.
   */
  possible(table: Table, from: number, event: number): Transition | null {
    const candidates = candidatesOf(table, from, event);
    if (candidates === undefined) return null;
    for (const transition of candidates) {
      if (transition.rule >= 0 || this.holds(transition)) return transition;
    }
    return null;
  }

  /** Whether a rule that is asked refuses a transition; guards that ask for plain facts were evaluated before. */
  refuses(transition: Transition | null): boolean {
    if (transition === null || transition.rule < 0) return false;
    return asks(this.rules, transition.rule) && !this.holds(transition);
  }

  movePhase(invocation: Invocation, event: number): void {
    const transition = this.follow(invocationTable, invocation.phase, event, invocation);
    invocation.lastPhaseChange = this.count(transition, invocation.lastPhaseChange);
    enterPhase(this.state, invocation, transition.targetState);
  }

  moveImage(invocation: Invocation, event: number): void {
    const transition = this.follow(swapTable, invocation.image, event, invocation);
    invocation.lastImageChange = this.count(transition, invocation.lastImageChange);
    invocation.image = transition.targetState;
  }

  moveAvailability(machine: Machine, event: number): void {
    const transition = this.follow(availabilityTable, machine.availability, event, null, machine);
    machine.lastAvailabilityChange = this.count(transition, machine.lastAvailabilityChange);
    enterAvailability(this.state, machine, transition.targetState);
    touch(this.state, machine);
  }

  movePressure(machine: Machine, event: number): void {
    const before = machine.pressure;
    const transition = this.follow(pressureTable, before, event, null, machine);
    machine.lastPressureChange = this.count(transition, machine.lastPressureChange);
    machine.pressure = transition.targetState;
    if (before === PRESSURE.exhausted) this.state.due.exhausted--;
    if (machine.pressure === PRESSURE.exhausted) this.state.due.exhausted++;
  }

  /** Moves the chart of a disk, if it hears the event and this concerns its transfer. */
  moveDisk(machine: Machine, event: number, invocation: Invocation | null = null): void {
    if (candidatesOf(diskTable, machine.disk, event) === undefined) return;
    this.occasion.invocation = invocation;
    this.occasion.machine = machine;
    const transition = this.possible(diskTable, machine.disk, event);
    if (transition === null) return;
    machine.lastDiskChange = this.count(transition, machine.lastDiskChange);
    enterDisk(this.state, machine, transition.targetState);
  }

  /** Moves a chart by what cannot be refused: a stimulus that is possible, or a consequence. */
  follow(
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

  /** Moves a chart of which nothing is kept but its state. */
  pass(table: Table, from: number, event: number): void {
    this.count(this.follow(table, from, event), -1);
  }

  /** Asks the guard of a transition, and counts its outcome. */
  private holds(transition: Transition): boolean {
    const holds = transition.unguarded || PREDICATES[transition.guardIndex]!(this.state, this.occasion);
    this.tally.outcomes[transition.guardIndex * 2 + (holds ? 1 : 0)]!++;
    return holds;
  }

  /** Counts a transition, and that it comes after another; returns it as the last of its chart. */
  count({ index }: Transition, last: number): number {
    // Wrong transitions do not count as coverage.
    if (index < 0) return index;
    this.tally.transitions[index]!++;
    if (last >= 0) this.tally.pairs[last * COUNTED.length + index]!++;
    return index;
  }

  /** Counts what the charts chose for the decision that is being applied. */
  countChosen(): void {
    const { invocation, machine } = this.occasion;
    const { chosen } = this;
    if (chosen.invocation !== null) {
      invocation!.lastPhaseChange = this.count(chosen.invocation, invocation!.lastPhaseChange);
    }
    if (chosen.swap !== null) {
      invocation!.lastImageChange = this.count(chosen.swap, invocation!.lastImageChange);
    }
    if (chosen.availability !== null) {
      machine!.lastAvailabilityChange = this.count(chosen.availability, machine!.lastAvailabilityChange);
    }
    if (chosen.idleList !== null) {
      machine!.lastListingChange = this.count(chosen.idleList, machine!.lastListingChange);
    }
    if (chosen.pressure !== null) {
      machine!.lastPressureChange = this.count(chosen.pressure, machine!.lastPressureChange);
    }
    if (chosen.disk !== null) {
      machine!.lastDiskChange = this.count(chosen.disk, machine!.lastDiskChange);
    }
    if (chosen.optional !== null) this.count(chosen.optional, -1);
  }
}
