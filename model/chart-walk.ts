import type { Tally } from './coverage.ts';
import { PERMISSION_OF_GUARD, PREDICATES } from './rules/index.ts';
import type { Occasion, RuleText } from './rules/rule.ts';
import { enterAvailability, enterPhase, type Invocation, type Machine, type State, touch } from './state.ts';
import {
  availabilityTable,
  candidatesOf,
  idleListTable,
  invocationTable,
  MEMORY,
  memoryTable,
  swapTable,
  type Table,
  TRANSITIONS,
  type Transition,
} from './table.ts';

/**
 * Walks the charts: lets them choose among their transitions by asking guards, moves what stands on them, and counts
 * transitions, pairs and outcomes of guards as it goes.
 */
export class ChartWalk {
  /** What the charts chose for the decision that was examined last. */
  readonly chosen: Transition[] = [];
  /** What guards are asked about. */
  readonly occasion: Occasion = {
    decision: { type: 'throttle', id: 0 },
    invocation: null,
    machine: null,
  };
  private readonly state: State;
  private readonly tally: Tally;

  constructor(state: State, tally: Tally) {
    this.state = state;
    this.tally = tally;
  }

  /** Lets one chart choose among its transitions; null, or the rule that refuses. */
  consider(table: Table, from: number, event: number, rule: RuleText): RuleText | null {
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

  moveMemory(machine: Machine, event: number): void {
    const before = machine.memory;
    const transition = this.follow(memoryTable, before, event, null, machine);
    machine.lastMemoryChange = this.count(transition, machine.lastMemoryChange);
    machine.memory = transition.targetState;
    if (before === MEMORY.exhausted) this.state.due.exhausted--;
    if (machine.memory === MEMORY.exhausted) this.state.due.exhausted++;
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

  /** Asks the guard of a transition, and counts its outcome. */
  private holds(transition: Transition): boolean {
    const holds = transition.unguarded || PREDICATES[transition.guardIndex]!(this.state, this.occasion);
    this.tally.outcomes[transition.guardIndex * 2 + (holds ? 1 : 0)]!++;
    return holds;
  }

  /** Counts a transition, and that it comes after another; returns it as the last of its chart. */
  count({ index }: Transition, last: number): number {
    this.tally.transitions[index]!++;
    if (last >= 0) this.tally.pairs[last * TRANSITIONS.length + index]!++;
    return index;
  }

  /** Counts what the charts chose for the decision that is being applied. */
  countChosen(): void {
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
