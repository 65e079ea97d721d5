import type { Decision, TimedStimulus } from '../../../model/alphabet.ts';
import { type Invocation, type Machine, swapHeld, swappedOf } from '../../../model/entities.ts';
import type { State } from '../../../model/state.ts';
import { IMAGE, PHASE } from '../../../model/table.ts';
import { everybody, invocationOf } from '../../../model/unended.ts';
import { isLentACore, isStalled, takenByOthers } from '../../../properties/replay/disk.ts';
import { Group, LaneSet } from './lane-set.ts';

/** What a bar says of an invocation; numbers, since there may be a hundred thousand bars. */
export const DOING = {
  queued: 0,
  waiting: 1,
  running: 2,
  blocked: 3,
  swapped: 4,
  blockedSwapped: 5,
  stalled: 6,
  lent: 7,
} as const;
export const DOING_NAMES = [
  'queued',
  'waiting for a core',
  'running',
  'blocked',
  'swapped out',
  'blocked and swapped out',
  'waiting for its memory',
  'running on a core on loan',
] as const;

/** What only happens where paging takes time: these and what follows. */
export const FIRST_IN_TIME: number = DOING.stalled;

/** An arrow from one bar to another, or a mark at one. */
export interface Arrow {
  readonly step: number;
  readonly type: 'call' | 'place' | 'preempt' | 'wake';
  /** Bars, by index; equal for a mark. */
  readonly from: number;
  readonly to: number;
}

/**
 * Watches a run and keeps where everybody was: a bar for each spell that an invocation spends in one way, laid out in
 * rows. A shard has rows of those that are queued; a machine has a row a core, and rows of those that live there and do
 * not run.
 */
export class Lanes {
  readonly set = new LaneSet();
  readonly arrows: Arrow[] = [];
  private readonly queues: Group[] = [];
  private readonly cores: Group[] = [];
  private readonly waiting: Group[] = [];

  /** @param step after which the state is this; it took these decisions. */
  watch(state: State, step: number, { stimulus }: TimedStimulus, taken: readonly Decision[]): void {
    this.makeGroups(state);
    const { set } = this;
    const ids = new Set(this.concerned(state, stimulus, taken));
    const before = new Map([...ids].map((id) => [id, set.open.get(id) ?? -1]));
    const inTime = state.config.paging !== undefined;
    const now = [...ids].map((id) => {
      const invocation = invocationOf(state.invocations, id);
      const doing = invocation === undefined ? null : doingOf(invocation, inTime);
      return doing === null ? { id, spell: null } : { id, spell: { invocation: invocation!, doing } };
    });
    // Whoever leaves makes room first: in a step one core goes from one to another.
    for (const { id, spell } of now) {
      const bar = set.open.get(id);
      if (bar === undefined) continue;
      if (spell === null || set.group[bar] !== this.groupOf(spell.invocation, spell.doing))
        set.close(id, step);
    }
    for (const { spell } of now) {
      if (spell === null) continue;
      const { invocation, doing } = spell;
      set.put(invocation, doing, this.groupOf(invocation, doing), step);
    }
    this.draw(step, stimulus, taken, before);
  }

  /** Closes what is still open. */
  end(afterStep: number): void {
    this.set.end(afterStep);
  }

  groups(): { queues: readonly Group[]; cores: readonly Group[]; waiting: readonly Group[] } {
    return { queues: this.queues, cores: this.cores, waiting: this.waiting };
  }

  private makeGroups({ shards, machines }: State): void {
    while (this.queues.length < shards.length) this.queues.push(new Group(0));
    while (this.cores.length < machines.length) {
      this.cores.push(new Group(0));
      this.waiting.push(new Group(0));
    }
    for (const { id, cores } of machines) this.cores[id]!.atLeast = Math.max(this.cores[id]!.atLeast, cores);
  }

  private groupOf({ shard, machine }: Invocation, doing: number): Group {
    if (machine === null) return this.queues[shard]!;
    const hasCore = doing === DOING.running || doing === DOING.lent;
    return (hasCore ? this.cores : this.waiting)[machine.id]!;
  }

  /**
   * All whose bar may change: those that are named; in a crash, everybody on the machine, which is few steps. Where paging
   * takes time, whoever lives on a machine: who is to run there may change with what happens to others.
   */
  private *concerned(
    state: State,
    stimulus: TimedStimulus['stimulus'],
    taken: readonly Decision[],
  ): Generator<number> {
    if (stimulus.type === 'crash' || stimulus.type === 'restart') {
      yield* [...this.set.open.keys()];
      for (const { id } of everybody(state.invocations)) yield id;
    }
    if (state.config.paging !== undefined) {
      for (const { live } of state.machines) for (const { id } of live) yield id;
    }
    if ('id' in stimulus) yield stimulus.id;
    if (stimulus.type === 'call') yield stimulus.caller;
    for (const decision of taken) {
      if ('id' in decision) yield decision.id;
    }
    // Those that a step leaves half answered are not named by any decision.
    for (const { id } of state.due.waking) yield id;
  }

  private draw(
    step: number,
    stimulus: TimedStimulus['stimulus'],
    taken: readonly Decision[],
    before: ReadonlyMap<number, number>,
  ): void {
    const { open } = this.set;
    if (stimulus.type === 'call') this.arrow(step, 'call', open.get(stimulus.caller), open.get(stimulus.id));
    for (const decision of taken) {
      if (decision.type === 'place')
        this.arrow(step, 'place', before.get(decision.id), open.get(decision.id));
      if (decision.type === 'preempt') {
        this.arrow(step, 'preempt', before.get(decision.id), before.get(decision.id));
      }
    }
  }

  private arrow(step: number, type: Arrow['type'], from: number | undefined, to: number | undefined): void {
    if (from === undefined || to === undefined || from < 0 || to < 0) return;
    this.arrows.push({ step, type, from, to });
  }
}

/**
 * What an invocation is drawn as; null where it is neither queued nor on a machine.
 *
 * @param inTime whether paging takes time: then one that is to run may have to wait for its memory, and another may have
 * the core on loan.
 */
export function doingOf(invocation: Invocation, inTime: boolean): number | null {
  const { phase, machine, image } = invocation;
  if (machine === null) return phase === PHASE.queued ? DOING.queued : null;
  if (phase === PHASE.running) return inTime && isLentACore(invocation) ? DOING.lent : DOING.running;
  // Memory that is nowhere yet is not swapped out.
  const isIn = inTime ? swappedOf(invocation) + invocation.inFlight === 0 : image === IMAGE.resident;
  if (phase === PHASE.blocked || phase === PHASE.waking) return isIn ? DOING.blocked : DOING.blockedSwapped;
  if (inTime && isStalled(invocation)) return DOING.stalled;
  return isIn ? DOING.waiting : DOING.swapped;
}

/** What a machine's memory is used for, in MB. */
export interface Memory {
  readonly ram: number;
  /** What the antagonist has and, where paging takes time, what it is after: it gets what comes free. */
  readonly antagonist: number;
  readonly target: number;
  readonly resident: number;
  /** A chunk in flight, which is held in RAM and in swap. */
  readonly inFlight: number;
  readonly swapped: number;
  readonly swap: number;
}

/** @param inTime whether paging takes time. */
export function memoryOf(machine: Machine, inTime: boolean): Memory {
  const { ram, antagonist: target, resident, transferMb: inFlight, swap } = machine;
  const swapped = swapHeld(machine) - inFlight;
  const antagonist = inTime ? takenByOthers(machine, true) : target;
  return { ram, antagonist, target, resident, inFlight, swapped, swap };
}

/** The memory of each machine over the steps: only changes are kept. */
export class MemoryOverTime {
  private readonly machines: { steps: number[]; values: Memory[] }[] = [];

  watch(state: State, step: number): void {
    const inTime = state.config.paging !== undefined;
    for (const machine of state.machines) {
      let series = this.machines[machine.id];
      if (series === undefined) this.machines[machine.id] = series = { steps: [], values: [] };
      const last = series.values.at(-1);
      if (last !== undefined && isSame(last, machine)) continue;
      series.steps.push(step);
      series.values.push(memoryOf(machine, inTime));
    }
  }

  /** The changes of a machine, the first step and what holds from then on. */
  of(machine: number): { readonly steps: readonly number[]; readonly values: readonly Memory[] } {
    return this.machines[machine] ?? { steps: [], values: [] };
  }
}

/** Whether a machine has what it had: all else of its memory follows from this. */
function isSame(last: Memory, machine: Machine): boolean {
  return (
    last.resident === machine.resident &&
    last.inFlight === machine.transferMb &&
    last.swapped === swapHeld(machine) - machine.transferMb &&
    last.target === machine.antagonist &&
    last.ram === machine.ram &&
    last.swap === machine.swap
  );
}
