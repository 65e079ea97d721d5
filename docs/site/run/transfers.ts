import type { Decision, TimedStimulus } from '../../../model/alphabet.ts';
import type { Machine } from '../../../model/entities.ts';
import type { State } from '../../../model/state.ts';
import { DISK } from '../../../model/table.ts';
import { invocationOf } from '../../../model/unended.ts';

/** A chunk on its way between RAM and swap, where paging takes time. */
export interface Transfer {
  readonly machine: number;
  /** Whose memory it is. */
  readonly id: number;
  readonly priceClass: number;
  readonly way: 'out' | 'in';
  readonly mb: number;
  /** The step in which it begins. */
  readonly from: number;
  /** The step from which on it is nobody's, since its owner was killed; infinite where it never was. */
  nobodysFrom: number;
  /** The first step in which it is no longer in flight; infinite while it is. */
  to: number;
  /** Whether it never arrived, since its machine went down. */
  isLost: boolean;
}

/** What the disk of each machine has moved: a machine has at most one transfer at a time. */
export class Transfers {
  private readonly machines: Transfer[][] = [];

  /** @param step after which the state is this; it took these decisions. */
  watch(state: State, step: number, { stimulus }: TimedStimulus, taken: readonly Decision[]): void {
    const begun = begunIn(state, taken);
    for (const machine of state.machines) {
      while (this.machines.length <= machine.id) this.machines.push([]);
      const known = this.machines[machine.id]!;
      const isWorking = machine.disk !== DISK.idle;
      const arrives = stimulus.type === 'paged' && stimulus.machine === machine.id;
      let open = known.at(-1);
      if (open !== undefined && open.to < step) open = undefined;
      if (open !== undefined && (arrives || !isWorking || begun.has(machine))) {
        open.to = step;
        open.isLost = !arrives;
        open = undefined;
      }
      if (isWorking && open === undefined) {
        open = transferOf(machine, step, begun.get(machine) ?? unplaced(state, taken));
        known.push(open);
      }
      if (machine.disk === DISK.dying) open!.nobodysFrom = Math.min(open!.nobodysFrom, step);
    }
  }

  /** The transfers of a machine, in the order in which they begin. */
  of(machine: number): readonly Transfer[] {
    return this.machines[machine] ?? [];
  }

  /** Those of which something happens in a step: they begin, end, or lose their owner. */
  concernedIn(step: number): Transfer[] {
    return this.machines.flatMap((known) => {
      const first = firstEndingFrom(known, step);
      return known
        .slice(first, first + 2)
        .filter(({ from, to, nobodysFrom }) => [from, to, nobodysFrom].includes(step));
    });
  }

  /** The one that is in flight on a machine after a step; null while none is. */
  at(machine: number, step: number): Transfer | null {
    const known = this.of(machine);
    const one = known[firstEndingFrom(known, step + 1)];
    return one === undefined || one.from > step ? null : one;
  }
}

type Begins = Extract<Decision, { type: 'pageOut' | 'pageIn' }>;

/** The machines on which the decisions of a step begin a transfer, and by which decision. */
function begunIn(state: State, taken: readonly Decision[]): Map<Machine, Begins> {
  const begun = new Map<Machine, Begins>();
  for (const decision of taken) {
    if (decision.type !== 'pageOut' && decision.type !== 'pageIn') continue;
    const machine = invocationOf(state.invocations, decision.id)?.machine;
    if (machine !== undefined && machine !== null) begun.set(machine, decision);
  }
  return begun;
}

/** The decision that began a transfer whose owner was killed in the same step, which only a wrong scheduler does. */
function unplaced(state: State, taken: readonly Decision[]): Begins | undefined {
  return taken.findLast(
    (decision): decision is Begins =>
      (decision.type === 'pageOut' || decision.type === 'pageIn') &&
      (invocationOf(state.invocations, decision.id)?.machine ?? null) === null,
  );
}

function transferOf(machine: Machine, step: number, begun: Begins | undefined): Transfer {
  const { id, disk, transferOwner: owner, transferMb } = machine;
  const never = Number.POSITIVE_INFINITY;
  return {
    machine: id,
    id: owner?.id ?? begun?.id ?? -1,
    priceClass: owner?.class ?? 0,
    way: begun?.type === 'pageIn' || (begun === undefined && disk === DISK.in) ? 'in' : 'out',
    mb: transferMb,
    ...{ from: step, nobodysFrom: never, to: never, isLost: false },
  };
}

/** The first of those in order, by index, that ends in a step or later. */
export function firstEndingFrom(known: readonly Transfer[], step: number): number {
  let low = 0;
  let high = known.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (known[middle]!.to >= step) high = middle;
    else low = middle + 1;
  }
  return low;
}
