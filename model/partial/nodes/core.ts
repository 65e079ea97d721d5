import type { InTurns } from './in-turns.ts';
import type { LineRef, NodeLog } from './node-lines.ts';
import { type Furthest, Reconciler } from './reconcile.ts';

/** Lines that cannot be reconciled: the rest could be, were any one of them not there. */
export interface Core {
  readonly lines: readonly LineRef[];
  /** Whether it was shown of each that the rest could be; false: some searches were given up. */
  readonly isMinimal: boolean;
}

/** So many states are looked at for each line that might not matter. */
const MOST_STATES = 4000;

/**
 * Looks for a smallest set of lines that cannot be reconciled, by leaving out one after the other those without which
 * nothing fits either. What comes before the place that the search came to is taken as it is. Without a line its node may
 * have decided anything that the rules permit.
 */
export function* coreOf(logs: readonly NodeLog[], { taken, step }: Furthest, skewMs: number): InTurns<Core> {
  const heads = logs.flatMap(({ lines }, log): LineRef[] => {
    const index = taken[log]!;
    return index < lines.length ? [{ log, index }] : [];
  });
  const target = logs.map(({ lines }, log) => Math.min(lines.length, taken[log]! + 1));
  const atOf = ({ log, index }: LineRef) => logs[log]!.lines[index]!.at;
  // What comes latest is the least likely to matter.
  const candidates = [...heads, ...step].sort((a, b) => atOf(b) - atOf(a));
  let left = candidates;
  let isMinimal = true;
  for (const candidate of candidates) {
    const without = left.filter((other) => other !== candidate);
    const loose = candidates.filter((other) => !without.includes(other));
    const search = new Reconciler(logs, { skewMs, mostStates: MOST_STATES, loose, target });
    const { fits, cut } = yield* search.searching();
    if (cut) isMinimal = false;
    if (!(yield)) {
      isMinimal = false;
      break;
    }
    if (!fits && !cut) left = without;
  }
  return {
    lines: [...left].sort((a, b) => atOf(a) - atOf(b) || a.log - b.log || a.index - b.index),
    isMinimal,
  };
}
