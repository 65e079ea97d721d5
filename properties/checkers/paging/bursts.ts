import type { Invocation, Machine } from '../../../model/entities.ts';
import type { State } from '../../../model/state.ts';
import type { JudgedStep } from '../checker.ts';
import { holdingsOn, isTransfer, leftToMove, movesOn, type Transfer, willRunOf } from './holdings.ts';

/** What has happened on a machine since anything but the end of a transfer did, as of the last step there. */
export interface Burst {
  readonly machine: Machine;
  /** Who was to run when it began, the best first. */
  readonly willRun: readonly Invocation[];
  /** What its disk had to move then, in MB. */
  readonly leftMb: number;
  /** How many transfers have ended since. */
  ended: number;
  /** The transfers that have begun since: before this step, and in it. */
  readonly before: Transfer[];
  now: readonly Transfer[];
  /** What its disk had to move before this step moved anything, in MB. */
  leftBeforeMb: number;
  /** What it has to move now. */
  leftNowMb: number;
}

/** Follows the bursts of every machine of one run; a checker that asks again of the same step gets the same. */
export class Bursts {
  private readonly ofMachine = new Map<number, Burst>();
  private last: JudgedStep | null = null;
  private touched: readonly Burst[] = [];

  /** The bursts of the machines that a step has touched. */
  follow(state: State, step: JudgedStep): readonly Burst[] {
    if (this.last !== step) {
      this.last = step;
      this.touched = state.due.touched.map((machine) => this.burstOf(machine, step));
    }
    return this.touched;
  }

  private burstOf(machine: Machine, { stimulus, decisions }: JudgedStep): Burst {
    const moves = movesOn(machine, decisions);
    const now = moves.filter(isTransfer);
    const known = this.ofMachine.get(machine.id);
    if (known !== undefined && stimulus.type === 'paged' && stimulus.machine === machine.id) {
      known.ended++;
      known.before.push(...known.now);
      known.now = now;
      known.leftBeforeMb = known.leftNowMb;
      known.leftNowMb = leftToMove(machine, holdingsOn(machine), known.willRun);
      return known;
    }
    const atFirst = holdingsOn(machine, moves);
    const willRun = willRunOf(machine, atFirst);
    const leftMb = leftToMove(machine, atFirst, willRun);
    const leftNowMb = leftToMove(machine, holdingsOn(machine), willRun);
    const burst = { machine, willRun, leftMb, ended: 0, before: [], now, leftBeforeMb: leftMb, leftNowMb };
    this.ofMachine.set(machine.id, burst);
    return burst;
  }
}
