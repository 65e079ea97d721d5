import fc from 'fast-check';

/** Mostly the one thing, and once out of `every` draws the other. */
export function mostly<Usual, Rare>(
  every: number,
  usual: fc.Arbitrary<Usual>,
  rare: fc.Arbitrary<Rare>,
): fc.Arbitrary<Usual | Rare> {
  return fc.oneof({ weight: every - 1, arbitrary: usual }, { weight: 1, arbitrary: rare });
}
