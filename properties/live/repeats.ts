import type { Incident } from './incident.ts';

/** So many kinds are kept apart; then counting begins anew. */
const MOST_KINDS = 10_000;

/**
 * Keeps what may follow from one fault from hiding everything else. Of the follow-ons that break one rule because of one
 * place, the first is told, the second, the fourth, the eighth and so on; all are counted. What follows from nothing is told
 * every time.
 */
export class Repeats {
  private readonly counts = new Map<string, number>();

  /** How many of its kind there were, with this one; null when it is not to be told. */
  timesIfTold({ type, rule, mayFollowFrom }: Incident): number | null {
    if (mayFollowFrom === null) return 1;
    const key = `${type} ${rule} ${mayFollowFrom.line} ${mayFollowFrom.step}`;
    const times = (this.counts.get(key) ?? 0) + 1;
    if (this.counts.size >= MOST_KINDS) this.counts.clear();
    this.counts.set(key, times);
    return Number.isInteger(Math.log2(times)) ? times : null;
  }
}
