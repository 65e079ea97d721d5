import type { RecordedStep } from '../../../properties/replay/steps.ts';

/**
 * The first step in which two schedulers decide otherwise; null when there is none among those that both have played.
 * Where one has stopped, the next step of the other is the first difference.
 */
export function firstDifference(
  one: readonly RecordedStep[],
  other: readonly RecordedStep[],
  areDone: boolean,
): number | null {
  const both = Math.min(one.length, other.length);
  for (let index = 0; index < both; index++) {
    if (!isSame(one[index]!.decisions, other[index]!.decisions)) return index + 1;
  }
  return areDone && one.length !== other.length ? both + 1 : null;
}

/** Whether decisions are the same, whatever the order of their fields. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) =>
    isSame((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
  );
}
