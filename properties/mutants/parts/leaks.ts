import type { Machine, ReadonlyXXState } from '../../../reference-impl/xx/state.ts';
import { type PagingTaste, roomMb, type Scene, settlesBy } from './pager.ts';
import type { SeenMachine } from './will-run.ts';

/** RAM that a scheduler lost sight of, by machine, in MB: nobody gets it again, whoever joins in its place. */
export class Leaks {
  private readonly lostMb = new Map<number, number>();

  lose(machine: number, mb: number): void {
    this.lostMb.set(machine, this.of(machine) + mb);
  }

  of(machine: number): number {
    return this.lostMb.get(machine) ?? 0;
  }

  /** Paging into what is left. */
  settle(taste: PagingTaste = {}): ReturnType<typeof settlesBy> {
    return settlesBy({ ...taste, roomMb: (scene) => Math.max(0, roomMb(scene) - this.of(idOf(scene))) });
  }
}

function idOf({ state, machine }: Scene): number {
  return state.machines.indexOf(machine);
}

/** What is in flight on a machine, in MB. */
export function inFlightMb({ disk }: SeenMachine): number {
  return disk === null ? 0 : disk.mb;
}

/** Which machine has this disk. */
export function machineOf(state: ReadonlyXXState, disk: Machine['disk']): number {
  return state.machines.findIndex((machine) => machine.disk === disk);
}
