/** From these seeds campaigns look for a piece. */
export const SEEDS: readonly number[] = [1, 2, 3, 4, 5];

/** Within so many runs each is to be found. */
export const MOST_RUNS = 2_000;

/** What `npm run museum` has measured. */
export interface MuseumFigures {
  readonly seeds: readonly number[];
  readonly mostRuns: number;
  /** For each built piece, in the order of the museum, its runs from each seed; null where it was not found. */
  readonly pieces: readonly { readonly id: string; readonly runs: readonly (number | null)[] }[];
}
