import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { type Disk, transferMs } from './disk.ts';
import { type EventHeap, PRECEDENCE, type Scheduled } from './event-heap.ts';
import type { Life } from './life.ts';
import type { Usage } from './usage.ts';

/** What is on its way between a machine's RAM and its swap, as the event of its end. */
export class Transfer implements Scheduled {
  readonly kind = 'paged';
  readonly precedence = PRECEDENCE.paged;
  atMs = 0;
  sequence = 0;
  heapIndex = -1;
  readonly machine: number;
  readonly class: number;
  readonly direction: 'out' | 'in';
  readonly mb: number;
  readonly startedAtMs: number;
  /** Null once it has been killed. */
  owner: Life | null;
  /** What it holds beside what its owner does: it is in both places while it is on its way. */
  ramMb: number;
  swapMb: number;

  constructor(owner: Life, direction: 'out' | 'in', mb: number, nowMs: number) {
    this.machine = owner.machine;
    this.class = owner.class;
    this.direction = direction;
    this.mb = mb;
    this.startedAtMs = nowMs;
    this.owner = owner;
    this.ramMb = direction === 'out' ? mb : 0;
    this.swapMb = direction === 'in' ? mb : 0;
  }
}

/** What the disks of a cluster did. */
export interface DiskFigures {
  /** The part of all disks' time in which they worked, from 0 to 1. */
  readonly utilization: number;
  readonly transfers: number;
  readonly pagedOutMb: number;
  readonly pagedInMb: number;
  /** MB that went either way for each MB that functions were given: how much it thrashes. */
  readonly movedPerMb: number;
  /**
   * By class, in ms, all functions together: placed, not running, not waiting for a callee, and with some of its memory
   * not in RAM.
   */
  readonly memoryWaitMs: readonly number[];
}

/** Of several runs: of the parts the mean, of the rest the sum. */
export function pooledDisks(runs: readonly DiskFigures[]): DiskFigures {
  const sum = (of: (figures: DiskFigures) => number): number => runs.reduce((all, run) => all + of(run), 0);
  return {
    utilization: sum((run) => run.utilization) / runs.length,
    transfers: sum((run) => run.transfers),
    pagedOutMb: sum((run) => run.pagedOutMb),
    pagedInMb: sum((run) => run.pagedInMb),
    movedPerMb: sum((run) => run.movedPerMb) / runs.length,
    memoryWaitMs: runs[0]!.memoryWaitMs.map((_, index) => sum((run) => run.memoryWaitMs[index]!)),
  };
}

/** The disks of all machines: when their transfers end, and what is held meanwhile (semantics of paging, T1 and T4). */
export class Disks {
  readonly #disk: Disk;
  readonly #agenda: Pick<EventHeap<Transfer>, 'add' | 'remove'>;
  readonly #usage: Usage;
  readonly #transfers = new Map<number, Transfer>();
  readonly #draining = new Set<number>();
  /** Of each machine; those that are not up have none. */
  readonly #live: number[];
  readonly #up: boolean[];
  #upCount: number;
  /** By slot. */
  readonly #isWaiting: boolean[] = [];
  readonly #isBlocked: boolean[] = [];
  /** By class: how many wait now, and what all have waited, less the time at which those began. */
  readonly #waiting: number[];
  readonly #memoryWaitMs: number[];
  #countedAtMs = 0;
  #machineMs = 0;
  #busyMs = 0;
  #count = 0;
  #pagedOutMb = 0;
  #pagedInMb = 0;
  #givenMb = 0;

  constructor(
    { machines, classes }: Configuration,
    disk: Disk,
    agenda: Pick<EventHeap<Transfer>, 'add' | 'remove'>,
    usage: Usage,
  ) {
    this.#disk = disk;
    this.#agenda = agenda;
    this.#usage = usage;
    this.#live = machines.map(() => 0);
    this.#up = machines.map(() => true);
    this.#upCount = machines.length;
    this.#waiting = classes.map(() => 0);
    this.#memoryWaitMs = classes.map(() => 0);
  }

  place(life: Life): void {
    this.#live[life.machine]!++;
  }

  /** Memory that was nowhere is in RAM. */
  allocate(life: Life, mb: number): void {
    life.reportedMb += mb;
    this.#givenMb += mb;
    this.#usage.resize(life.machine, mb);
  }

  begin(life: Life, direction: 'out' | 'in', mb: number, nowMs: number): void {
    const transfer = new Transfer(life, direction, mb, nowMs);
    const towardsSwapMb = direction === 'out' ? mb : -mb;
    life.swappedMb += towardsSwapMb;
    this.#usage.swap(life.machine, life.class, towardsSwapMb);
    this.#usage.hold(life.machine, life.class, transfer.ramMb, transfer.swapMb);
    this.#count++;
    if (direction === 'out') this.#pagedOutMb += mb;
    else this.#pagedInMb += mb;
    this.#transfers.set(life.machine, transfer);
    this.#agenda.add(transfer, nowMs + transferMs(this.#disk, mb));
  }

  /** A transfer is over, or its machine is gone. */
  end(transfer: Transfer, nowMs: number): void {
    const { machine, ramMb, swapMb, startedAtMs } = transfer;
    this.#transfers.delete(machine);
    this.#agenda.remove(transfer);
    this.#usage.hold(machine, transfer.class, -ramMb, -swapMb);
    this.#busyMs += nowMs - startedAtMs;
    if (transfer.owner !== null) this.#look(transfer.owner, nowMs);
  }

  /** One is on its machine no more; what of it is on its way stays until that is over. */
  leave(life: Life, nowMs: number): void {
    this.#live[life.machine]!--;
    this.#setWaiting(life, false, nowMs);
    this.#isBlocked[life.slot] = false;
    const transfer = this.#transfers.get(life.machine);
    if (transfer?.owner !== life) return;
    transfer.owner = null;
    this.#usage.hold(life.machine, life.class, transfer.mb - transfer.ramMb, transfer.mb - transfer.swapMb);
    transfer.ramMb = transfer.mb;
    transfer.swapMb = transfer.mb;
  }

  /** To be called after every step. @param find who has an id. */
  settle(
    stimulus: Stimulus,
    decisions: readonly Decision[],
    find: (id: number) => Life | undefined,
    nowMs: number,
  ): void {
    if (stimulus.type === 'call') this.#block(find(stimulus.caller), true);
    for (const decision of decisions) {
      if (decision.type === 'wake') this.#block(find(decision.id), false);
    }
    this.#note(stimulus, nowMs);
    const ids = new Set<number>();
    if (stimulus.type === 'call') ids.add(stimulus.caller);
    if (stimulus.type === 'resize') ids.add(stimulus.id);
    for (const decision of decisions) if ('id' in decision) ids.add(decision.id);
    for (const id of ids) {
      const life = find(id);
      if (life !== undefined && life.machine >= 0) this.#look(life, nowMs);
    }
    // A machine that drains is gone with its last function, whatever of a killed one is on its way.
    for (const machine of this.#draining) {
      if (this.#live[machine] === 0) this.#drop(machine, nowMs);
    }
  }

  figures(nowMs: number): DiskFigures {
    this.#passTo(nowMs);
    let busyMs = this.#busyMs;
    for (const { startedAtMs } of this.#transfers.values()) busyMs += nowMs - startedAtMs;
    const movedMb = this.#pagedOutMb + this.#pagedInMb;
    return {
      utilization: this.#machineMs === 0 ? 0 : busyMs / this.#machineMs,
      transfers: this.#count,
      pagedOutMb: this.#pagedOutMb,
      pagedInMb: this.#pagedInMb,
      movedPerMb: this.#givenMb === 0 ? 0 : movedMb / this.#givenMb,
      memoryWaitMs: this.#memoryWaitMs.map((ms, ofClass) => ms + this.#waiting[ofClass]! * nowMs),
    };
  }

  #note(stimulus: Stimulus, nowMs: number): void {
    switch (stimulus.type) {
      case 'join':
        this.#passTo(nowMs);
        this.#live[stimulus.machine] = 0;
        if (this.#up[stimulus.machine] !== true) this.#upCount++;
        this.#up[stimulus.machine] = true;
        break;
      case 'crash':
        this.#drop(stimulus.machine, nowMs);
        break;
      case 'drain':
        this.#draining.add(stimulus.machine);
        break;
    }
  }

  #drop(machine: number, nowMs: number): void {
    this.#passTo(nowMs);
    if (this.#up[machine] === true) this.#upCount--;
    this.#up[machine] = false;
    this.#draining.delete(machine);
    const transfer = this.#transfers.get(machine);
    if (transfer !== undefined) this.end(transfer, nowMs);
  }

  #passTo(nowMs: number): void {
    this.#machineMs += this.#upCount * (nowMs - this.#countedAtMs);
    this.#countedAtMs = nowMs;
  }

  #block(life: Life | undefined, isBlocked: boolean): void {
    if (life !== undefined) this.#isBlocked[life.slot] = isBlocked;
  }

  #look(life: Life, nowMs: number): void {
    const transfer = this.#transfers.get(life.machine);
    const isComing = transfer?.owner === life && transfer.direction === 'in';
    const lacks = life.reportedMb < life.demandMb || life.swappedMb > 0 || isComing;
    this.#setWaiting(life, lacks && !life.isRunning && this.#isBlocked[life.slot] !== true, nowMs);
  }

  #setWaiting({ slot, class: ofClass }: Life, waits: boolean, nowMs: number): void {
    if (waits === (this.#isWaiting[slot] ?? false)) return;
    this.#isWaiting[slot] = waits;
    // Those that still wait are owed the time until now.
    this.#waiting[ofClass]! += waits ? 1 : -1;
    this.#memoryWaitMs[ofClass]! += waits ? -nowMs : nowMs;
  }
}
