import { countedSwap, type Invocation, type Machine, usableRam } from '../../model/entities.ts';
import type { Habits } from '../arbitraries/habits.ts';

/** How much memory an invocation asks for: any amount, and often one at which something just fits, or just does not. */

/** An integer from 0 up to, not including, `bound`. */
type Draw = (bound: number) => number;

/** The demand that a running invocation grows or shrinks to, in MB; at least 1. */
export function nextDemand(invocation: Invocation, appetite: Habits['appetite'], below: Draw): number {
  const machine = invocation.machine!;
  const { demand } = invocation;
  if (below(4) === 0) return Math.max(1, fitting(invocation, machine, below(6)) + beyond(below));
  switch (appetite) {
    case 'steps':
      return below(4) === 0 && demand > 1 ? demand - 1 : demand + 1;
    case 'modest':
      return 1 + below(1 + Math.floor(machine.ram / 2));
    case 'leaps':
      return 1 + below(machine.ram + machine.swap + 2);
  }
}

/** A demand with which something is exactly full. */
function fitting({ demand }: Invocation, machine: Machine, which: number): number {
  const ram = usableRam(machine);
  switch (which) {
    case 0:
      return Math.min(machine.ram, ram + countedSwap(machine));
    case 1:
      return demand + ram + countedSwap(machine) - machine.demand;
    default:
      return demand + ram - machine.demand;
  }
}

/** Full is asked for more often than one MB too many. */
function beyond(below: Draw): number {
  return below(3) === 0 ? 1 : 0;
}

/** What others use of a machine from now on, in MB. */
export function nextAntagonist(machine: Machine, below: Draw): number {
  const { ram, demand } = machine;
  switch (below(4)) {
    case 0:
      return Math.max(0, ram - demand + beyond(below));
    case 1:
      return Math.max(0, ram + countedSwap(machine) - demand + beyond(below));
    case 2:
      return below(1 + Math.floor(ram / 2));
    default:
      return below(ram + 2);
  }
}
