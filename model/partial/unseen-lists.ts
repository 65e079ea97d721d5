import { writeEntry } from '../effects.ts';
import type { Machine } from '../entities.ts';
import { type State, touch } from '../state.ts';
import { LISTING } from '../table.ts';

/** Stands for a shard of which nothing is known but that its idle list names a machine. */
export const UNSEEN_SHARD = -1;

/**
 * The machines that are on an idle list, where the log does not say on which. For each the shards are kept that it cannot
 * be; it is entered at a shard once only one is left, or a decision tells. That a machine joins the shortest list of those
 * polled is not asked of these.
 */
export class UnseenLists {
  /** By machine, the shards whose lists cannot name it. */
  private readonly excluded = new Map<number, Set<number>>();
  private readonly shards: number;

  constructor(shards: number) {
    this.shards = shards;
  }

  copy(): UnseenLists {
    const copy = new UnseenLists(this.shards);
    for (const [machine, shards] of this.excluded) copy.excluded.set(machine, new Set(shards));
    return copy;
  }

  has({ id }: Machine): boolean {
    return this.excluded.has(id);
  }

  /** Whether a machine is on a list that may be that of this shard. */
  mayBe(machine: Machine, shard: number): boolean {
    return this.excluded.get(machine.id)?.has(shard) === false;
  }

  /** The machines, by id, that may be on the list of a shard. */
  machinesAt(state: State, shard: number): Machine[] {
    return [...this.excluded.keys()]
      .sort((a, b) => a - b)
      .map((id) => state.machines[id]!)
      .filter((machine) => this.mayBe(machine, shard));
  }

  /** A machine has joined a list. */
  join(state: State, machine: Machine, figures: { available: number; functions: number }): void {
    machine.listing = LISTING.listed;
    if (this.shards === 1) return writeEntry(state, machine, { shard: 0, ...figures });
    this.excluded.set(machine.id, new Set());
    machine.entry = { shard: UNSEEN_SHARD, ...figures };
    touch(state, machine);
  }

  /** A machine has left whichever list it was on. */
  leave(state: State, machine: Machine): void {
    this.excluded.delete(machine.id);
    machine.listing = LISTING.unlisted;
    machine.entry = null;
    touch(state, machine);
  }

  refresh(machine: Machine, figures: { available: number; functions: number }): void {
    machine.entry = { shard: UNSEEN_SHARD, ...figures };
  }

  /** Enters a machine at a shard that its list may be of. */
  enter(state: State, machine: Machine, shard: number): void {
    const { available, functions } = machine.entry!;
    this.excluded.delete(machine.id);
    machine.entry = null;
    const wasTouched = machine.touched;
    writeEntry(state, machine, { shard, available, functions });
    // That somebody learns where it is changes nothing on the machine.
    if (!wasTouched) {
      machine.touched = false;
      state.due.touched.pop();
    }
  }

  /** A machine that may be on the list of a shard is not: it is entered at the last one that is left. */
  exclude(state: State, machine: Machine, shard: number): void {
    const excluded = this.excluded.get(machine.id)!.add(shard);
    if (excluded.size < this.shards - 1) return;
    for (let other = 0; other < this.shards; other++) {
      if (!excluded.has(other)) return this.enter(state, machine, other);
    }
  }

  key(): string {
    return [...this.excluded]
      .sort(([a], [b]) => a - b)
      .map(([machine, shards]) => `u${machine}:${[...shards].sort((a, b) => a - b).join()}`)
      .join(' ');
  }
}
