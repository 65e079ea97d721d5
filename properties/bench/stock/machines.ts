import type { StockInvocation, StockMachine, StockState } from './state.ts';

/** What the rules ask about one machine, found by looking at those who live there. */

/** RAM′ in MB. */
export function usableRam(machine: StockMachine): number {
  return Math.max(0, machine.ram - machine.antagonist);
}

/** The live ones of a machine in arrival order. */
export function liveOn(state: StockState, machine: StockMachine): StockInvocation[] {
  return machine.live.map((id) => state.invocations[id]!);
}

export function totalDemand(live: readonly StockInvocation[]): number {
  return live.reduce((sum, invocation) => sum + invocation.demand, 0);
}

export function totalResident(live: readonly StockInvocation[]): number {
  return live.reduce((sum, invocation) => sum + invocation.resident, 0);
}

export function availableMb(state: StockState, machine: StockMachine): number {
  return Math.max(0, usableRam(machine) - totalDemand(liveOn(state, machine)));
}

/** Live ones of a machine by rank, best first: higher class, then not blocked, then arrival. */
export function ranked(live: readonly StockInvocation[]): StockInvocation[] {
  // Sorting is stable, so those that compare equal stay in arrival order.
  return [...live].sort((a, b) => b.class - a.class || Number(isBlocked(a)) - Number(isBlocked(b)));
}

function isBlocked({ phase }: StockInvocation): boolean {
  return phase === 'blocked' || phase === 'waking';
}

/** The will-run set of a machine, from those who live there by rank. */
export function willRunSet(machine: StockMachine, byRank: readonly StockInvocation[]): StockInvocation[] {
  const ram = usableRam(machine);
  const taken: StockInvocation[] = [];
  const passedOver: StockInvocation[] = [];
  let room = ram;
  for (const invocation of byRank) {
    // One of a higher class that was passed over keeps what it holds.
    while (passedOver.length > 0 && passedOver[0]!.class > invocation.class)
      room -= passedOver.shift()!.resident;
    if (invocation.demand <= room && taken.length < machine.cores && !isBlocked(invocation)) {
      taken.push(invocation);
      room -= invocation.demand;
    } else if (invocation.demand <= ram) {
      passedOver.push(invocation);
    }
  }
  return taken;
}

/**
 * How the demands of those who live on a machine compare with its memory: the guards of the region pressure of the
 * machine chart.
 */
export function pressureGuards(machine: StockMachine, demands: readonly number[]) {
  const ram = usableRam(machine);
  const total = demands.reduce((sum, demand) => sum + demand, 0);
  const most = Math.min(machine.ram, ram + machine.swap);
  const exceeds = total > ram && (total > ram + machine.swap || demands.some((demand) => demand > most));
  return { 'fits-ram': total <= ram, 'fits-swap': !exceeds, exceeds };
}

/** Whom a kill must take, and why; null when none is due. */
export function killVictim(
  machine: StockMachine,
  byRank: readonly StockInvocation[],
): { id: number; reason: 'exceeds-machine' | 'memory' } | null {
  const ram = usableRam(machine);
  const most = Math.min(machine.ram, ram + machine.swap);
  const tooLarge = byRank.findLast(({ demand }) => demand > most);
  if (tooLarge !== undefined) return { id: tooLarge.id, reason: 'exceeds-machine' };
  const lowest = byRank.at(-1);
  if (lowest === undefined || totalDemand(byRank) <= ram + machine.swap) return null;
  return { id: lowest.id, reason: 'memory' };
}

/** By how many MB RAM is over-committed: what is resident, and what the will-run set lacks, beyond RAM′. */
export function overCommit(
  machine: StockMachine,
  live: readonly StockInvocation[],
  willRun: readonly StockInvocation[],
): number {
  return totalResident(live) + totalDemand(willRun) - totalResident(willRun) - usableRam(machine);
}

/** Who gives its RAM next: of those outside the will-run set that hold any, first the oversized, the lowest first. */
export function nextToPageOut(
  machine: StockMachine,
  byRank: readonly StockInvocation[],
  willRun: readonly StockInvocation[],
): StockInvocation | undefined {
  const ram = usableRam(machine);
  const candidates = byRank.filter((invocation) => invocation.resident > 0 && !willRun.includes(invocation));
  return candidates.findLast(({ demand }) => demand > ram) ?? candidates.at(-1);
}

/** Whether a machine runs exactly its will-run set, and what it holds fits. */
export function isSettled(state: StockState, machine: StockMachine): boolean {
  const live = liveOn(state, machine);
  const resident = totalResident(live);
  const willRun = willRunSet(machine, ranked(live));
  return (
    resident <= usableRam(machine) &&
    totalDemand(live) - resident <= machine.swap &&
    willRun.every(({ phase }) => phase === 'running') &&
    live.filter(({ phase }) => phase === 'running').length === willRun.length
  );
}
