import {
  momentsOf,
  type RuntimeDistribution,
  survivalOf,
} from '../../reference-impl/simulation/distributions.ts';

/** A few sizes of jobs beside one another: where they lie, in ms, and what part of all jobs is that large. */
export interface SizeCell {
  readonly fromMs: number;
  readonly toMs: number;
  readonly part: number;
}

const CELLS = 10_000;
/** What is larger than the last cell is so rare that no run of a computer meets it. */
const RARE = 1e-13;

/** The sizes of a distribution from 0 up, in cells small enough for sums over them to be integrals to six digits. */
export function sizesOf(service: RuntimeDistribution): SizeCell[] {
  const survival = survivalOf(service);
  let mostMs = momentsOf(service).mean;
  while (survival(mostMs) > RARE) mostMs *= 1.25;
  // Small sizes are the many: cells grow with the square of their number.
  const edge = (index: number): number => mostMs * (index / CELLS) ** 2;
  return Array.from({ length: CELLS }, (_, index) => {
    const [fromMs, toMs] = [edge(index), edge(index + 1)];
    return { fromMs, toMs, part: survival(fromMs) - survival(toMs) };
  });
}
