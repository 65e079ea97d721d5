/** Above this many members a set finds repetitions faster than comparing all pairs. */
const PAIRWISE_UP_TO = 16;

/** Whether the members of a poll are distinct and each is one that could be polled. */
export function isSampleOf(polled: readonly number[], canBePolled: (member: number) => boolean): boolean {
  for (const member of polled) if (!canBePolled(member)) return false;
  if (polled.length > PAIRWISE_UP_TO) return new Set(polled).size === polled.length;
  for (let i = 1; i < polled.length; i++) {
    for (let j = 0; j < i; j++) if (polled[i] === polled[j]) return false;
  }
  return true;
}
