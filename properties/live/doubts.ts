import type { Decision } from '../../model/alphabet.ts';
import type { Invocation, Machine } from '../../model/entities.ts';
import type { State } from '../../model/state.ts';
import { everybody, invocationOf } from '../../model/unended.ts';

/** Where in a log something went wrong. */
export interface Place {
  readonly line: number;
  /** The number of the last step that was counted up to there. */
  readonly step: number;
}

/** What is doubted of a machine: what lived there is in `Doubts.invocations`. */
interface DoubtfulMachine {
  readonly since: Place;
  /** Whether a step has since left it with nothing owed. */
  settled: boolean;
  /** Whether its entry in an idle list was written or dropped since. */
  listed: boolean;
}

/** More ids than this that the log names and the state does not know are not kept: the oldest is forgotten. */
const MOST_STRANGERS = 100_000;

/**
 * What the judge does not know for certain about the system after something was wrong with its log: because the log may
 * have left out what was decided, or the scheduler may have left it undone. Who lived on the machines concerned is doubtful
 * until it has ended; such a machine until all who lived there have gone, a step has left it with nothing owed, and its
 * entry was written anew. A line that could not be read may have said anything: it leaves everything in doubt, for as long
 * as the log does not begin anew.
 */
export class Doubts {
  everything: Place | null = null;
  readonly invocations = new Map<number, Place>();
  readonly machines = new Map<number, DoubtfulMachine>();
  /** Ids that the log goes on about, and that the state does not know or has seen end. */
  readonly strangers = new Map<number, Place>();
  private readonly state: State;

  constructor(state: State) {
    this.state = state;
  }

  get isNone(): boolean {
    return this.everything === null && this.isNoneInParticular;
  }

  private get isNoneInParticular(): boolean {
    return this.invocations.size === 0 && this.machines.size === 0 && this.strangers.size === 0;
  }

  /** Doubts a machine, and all who live there. */
  doubtMachine(machine: Machine, since: Place): void {
    const known = this.machines.get(machine.id);
    this.machines.set(machine.id, { since: known?.since ?? since, settled: false, listed: false });
    for (const { id } of machine.live) this.doubtInvocation(id, since);
  }

  doubtInvocation(id: number, since: Place): void {
    if (!this.invocations.has(id)) this.invocations.set(id, since);
  }

  doubtStranger(id: number, since: Place): void {
    if (this.strangers.has(id)) return;
    this.strangers.set(id, since);
    if (this.strangers.size <= MOST_STRANGERS) return;
    const [oldest] = this.strangers.keys();
    this.strangers.delete(oldest!);
  }

  /** Doubts all of it: whoever has not ended, and every machine. */
  doubtEverything(since: Place): void {
    this.everything ??= since;
  }

  /** Notes what an accepted step says about doubtful machines. */
  settle(decisions: readonly Decision[]): void {
    if (this.machines.size === 0) return;
    for (const decision of decisions) {
      if (decision.type !== 'list' && decision.type !== 'relist' && decision.type !== 'unlist') continue;
      const doubtful = this.machines.get(decision.machine);
      if (doubtful !== undefined) doubtful.listed = true;
    }
    for (const { id } of this.state.due.touched) {
      const doubtful = this.machines.get(id);
      if (doubtful !== undefined) doubtful.settled = true;
    }
  }

  /** Drops what is certain again. */
  sweep(): void {
    for (const id of this.invocations.keys()) {
      if (invocationOf(this.state.invocations, id) === undefined) this.invocations.delete(id);
    }
    for (const [id, { settled, listed }] of this.machines) {
      const machine = this.state.machines[id]!;
      const isEmpty = !machine.live.some((one) => this.invocations.has(one.id));
      if (settled && listed && isEmpty) this.machines.delete(id);
    }
  }

  /**
   * Since when what concerns these is in doubt; null when it is certain.
   *
   * @param about.anywhere whether it depends on every queue and list, as placing and money do.
   */
  since(about: {
    invocation?: Invocation | null;
    id?: number | null;
    machines?: readonly (Machine | null)[];
    anywhere?: boolean;
  }): Place | null {
    const { invocation, machines = [], id } = about;
    // It may have ended in the very step that is asked about.
    const own = id == null ? undefined : (this.strangers.get(id) ?? this.invocations.get(id));
    if (own !== undefined) return own;
    for (const one of [invocation, invocation?.caller, invocation?.callee]) {
      if (one == null) continue;
      const since = this.invocations.get(one.id) ?? this.sinceOfMachine(one.machine);
      if (since !== null && since !== undefined) return since;
    }
    for (const machine of machines) {
      const since = this.sinceOfMachine(machine);
      if (since !== null) return since;
    }
    const since = this.everything;
    if (since !== null || !about.anywhere || this.isNoneInParticular) return since;
    for (const doubtful of this.machines.values()) return doubtful.since;
    for (const place of this.invocations.values()) return place;
    for (const place of this.strangers.values()) return place;
    return null;
  }

  private sinceOfMachine(machine: Machine | null): Place | null {
    if (machine === null) return null;
    const doubtful = this.machines.get(machine.id);
    if (doubtful !== undefined) return doubtful.since;
    for (const { id } of machine.live) {
      const since = this.invocations.get(id);
      if (since !== undefined) return since;
    }
    return null;
  }

  /** How many of each are in doubt; all that there are when everything is. */
  get counts(): { invocations: number; machines: number } {
    const { state, everything } = this;
    if (everything !== null) {
      return { invocations: everybody(state.invocations).length, machines: state.machines.length };
    }
    return { invocations: this.invocations.size + this.strangers.size, machines: this.machines.size };
  }
}
