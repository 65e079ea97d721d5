import type { Decision } from '../../../model/alphabet.ts';
import type { Invocation, Machine } from '../../../model/entities.ts';
import { DISK, PHASE } from '../../../model/table.ts';

/**
 * The memory of a machine whose disk takes time, read afresh from those that live there: neither the sums that the model
 * keeps nor its will-run set count here.
 */

/** What somebody has of its memory, in MB. */
export interface Holding {
  readonly invocation: Invocation;
  /** What it will have in RAM when the disk is done. */
  readonly keptMb: number;
  /** What is in swap, or on its way there. */
  readonly awayMb: number;
}

/** A decision that moves memory, or gives it. */
export type Move = Extract<Decision, { type: 'allocate' | 'pageIn' | 'pageOut' }>;
export type Transfer = Exclude<Move, { type: 'allocate' }>;

/** Those of these decisions that move memory of somebody who lives on a machine. */
export function movesOn({ live }: Machine, decisions: readonly Decision[]): Move[] {
  return decisions.filter(isMove).filter(({ id: moved }) => live.some(({ id }) => id === moved));
}

function isMove(decision: Decision): decision is Move {
  return decision.type === 'allocate' || decision.type === 'pageIn' || decision.type === 'pageOut';
}

export function isTransfer(move: Move): move is Transfer {
  return move.type !== 'allocate';
}

/** All that live on a machine, the best first, with what they have; or had before these moves, which are undone. */
export function holdingsOn(machine: Machine, undone: readonly Move[] = []): Holding[] {
  const comesIn = machine.disk === DISK.in;
  return byRank(machine).map((invocation) => {
    const { id, demand, resident, inFlight, fresh } = invocation;
    let keptMb = resident + (comesIn ? inFlight : 0);
    let awayMb = demand - resident - fresh - (comesIn ? inFlight : 0);
    for (const { id: moved, type, memory } of undone) {
      if (moved !== id) continue;
      keptMb += type === 'pageOut' ? memory : -memory;
      if (type !== 'allocate') awayMb += type === 'pageOut' ? -memory : memory;
    }
    return { invocation, keptMb, awayMb };
  });
}

/** A higher class first; in a class those that are blocked last; and else whoever came first. */
function byRank({ live }: Machine): Invocation[] {
  return live.toSorted(
    (one, other) => other.class - one.class || Number(!canRun(one)) - Number(!canRun(other)),
  );
}

function canRun({ phase }: Invocation): boolean {
  return phase === PHASE.ready || phase === PHASE.running;
}

/** RAM′: what the antagonist leaves, in MB. */
export function leftByAntagonist({ ram, antagonist }: Machine): number {
  return Math.max(0, ram - antagonist);
}

/**
 * W(m), the best first: whoever can run, if it fits beside those above it that are taken, and beside what is kept by those
 * of higher classes that are not, save those that are larger than RAM′.
 */
export function willRunOf(machine: Machine, holdings: readonly Holding[]): Invocation[] {
  const ramMb = leftByAntagonist(machine);
  const taken = new Set<Invocation>();
  for (const { invocation } of holdings) {
    if (taken.size === machine.cores) break;
    if (!canRun(invocation)) continue;
    const claimedMb = holdings
      .filter(({ invocation: other }) => taken.has(other) || protects(other, invocation, ramMb))
      .reduce((sum, { invocation: other, keptMb }) => sum + (taken.has(other) ? other.demand : keptMb), 0);
    if (invocation.demand + claimedMb <= ramMb) taken.add(invocation);
  }
  return [...taken];
}

/** Whether what one keeps is out of reach of another one. */
function protects(one: Invocation, from: Invocation, ramMb: number): boolean {
  return one.class > from.class && one.demand <= ramMb;
}

/**
 * Φ(m): what the disk still has to move until all of these run, in MB, if nothing else happens: what is over-committed, and
 * what of theirs is in swap or on its way there.
 */
export function leftToMove(
  machine: Machine,
  holdings: readonly Holding[],
  willRun: readonly Invocation[],
): number {
  let claimedMb = 0;
  let awayMb = 0;
  for (const { invocation, keptMb, awayMb: away } of holdings) {
    const isMember = willRun.includes(invocation);
    claimedMb += isMember ? invocation.demand : keptMb;
    if (isMember) awayMb += away;
  }
  return Math.max(0, claimedMb - leftByAntagonist(machine)) + awayMb;
}

/** The names of these in a sentence. */
export function named(invocations: readonly Invocation[]): string {
  const ids = invocations.map(({ id }) => id).join(', ');
  return `${invocations.length === 1 ? 'invocation' : 'invocations'} ${ids}`;
}
