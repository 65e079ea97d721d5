/** What somebody who wrote an unknown name may have meant. */

/** ` (did you mean xx-immer?)`, to be put behind a message; empty when no name is near. */
export function didYouMean(written: string, names: readonly string[]): string {
  const name = nearest(written, names);
  return name === null ? '' : ` (did you mean ${name}?)`;
}

/** The name that takes the fewest changes to write, if those are few for its length; null otherwise. */
export function nearest(written: string, names: readonly string[]): string | null {
  // A text this long is not a misspelt name, and the search would take long.
  if (written.length > LONGEST) return null;
  let best: string | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  const lower = written.toLowerCase();
  for (const name of names) {
    // Each change adds or leaves out one character at most.
    if (Math.abs(name.length - lower.length) >= fewest) continue;
    const changes = changesBetween(lower, name);
    if (changes >= fewest) continue;
    best = name;
    fewest = changes;
  }
  return best !== null && fewest <= Math.max(1, Math.floor(best.length * FEW)) ? best : null;
}

const LONGEST = 80;
/** Of the characters of a name, how many may be wrong. */
const FEW = 0.4;

/**
 * How many characters must be added, left out, changed, or swapped with the next one to make one text of another (optimal
 * string alignment: Levenshtein's distance with swaps).
 */
export function changesBetween(a: string, b: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? before[j - 2]! + 1 : changed;
      next.push(Math.min(changed, swapped, row[j]! + 1, next[j - 1]! + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
