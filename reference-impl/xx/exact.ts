/**
 * Exact comparisons of products. Prices, waits, budgets and periods are safe integers, but their products need not be:
 * a product that is beyond the safe integers as a number is formed again as a BigInt. (A product of safe integers that
 * comes out safe is exact; one that is not comes out at 2^53 or more, since rounding is monotone.)
 */

/** The sign of a·b − c·d: negative, zero or positive. All four are non-negative safe integers. */
export function compareProducts(a: number, b: number, c: number, d: number): number {
  const left = a * b;
  const right = c * d;
  if (left <= Number.MAX_SAFE_INTEGER && right <= Number.MAX_SAFE_INTEGER) return left - right;
  const exactLeft = BigInt(a) * BigInt(b);
  const exactRight = BigInt(c) * BigInt(d);
  return exactLeft < exactRight ? -1 : exactLeft > exactRight ? 1 : 0;
}

/**
 * Whether `spent` is ahead of pace(t) = budget·elapsed/period + budget·burstPercent/100, compared exactly, over the
 * common denominator 100·period.
 */
export function isAheadOfPace(
  spent: number,
  budget: number,
  elapsedMs: number,
  periodMs: number,
  burstPercent: number,
): boolean {
  const left = spent * periodMs * 100;
  const share = 100 * elapsedMs + burstPercent * periodMs;
  const right = budget * share;
  if (isSafe(left) && isSafe(share) && isSafe(right)) return left > right;
  const exactShare = 100n * BigInt(elapsedMs) + BigInt(burstPercent) * BigInt(periodMs);
  return BigInt(spent) * BigInt(periodMs) * 100n > BigInt(budget) * exactShare;
}

/** Whether a sum or product of non-negative safe integers, as it was computed, is exact. */
export function isSafe(value: number): boolean {
  return value <= Number.MAX_SAFE_INTEGER;
}
