import { max, median, min } from 'simple-statistics';
import type { Size } from '../arbitraries/configuration.ts';
import type { Mark } from './measure.ts';

/** Where `npm run sharing` keeps what it has measured. */
export const RECORD_FILE = 'docs/sharing.json';

/** What campaigns cover that share what they meet, beside the same number of steps of campaigns that do not. */
export interface SharingRecord {
  readonly seeds: number;
  readonly rows: readonly SharingRow[];
}

/** All campaigns of one size; a figure is of the seeds: the median, the least, the most. */
export interface SharingRow {
  readonly size: Size;
  readonly what: 'transitions' | 'pairs';
  readonly steps: number;
  /** Runs in that many steps. */
  readonly runs: { readonly alone: Figure; readonly shared: Figure };
  readonly covered: { readonly alone: Figure; readonly shared: Figure };
  /** After how many runs, and steps, as much is covered as both have covered in the end. */
  readonly asMuch: { readonly alone: Reached; readonly shared: Reached };
  /** In how many seeds the campaign that shares was there with fewer steps. */
  readonly sooner: number;
}

export type Figure = readonly [median: number, least: number, most: number];

export interface Reached {
  readonly runs: Figure;
  readonly steps: Figure;
}

/** Two campaigns of the same seed. */
export interface Compared {
  readonly alone: readonly Mark[];
  readonly shared: readonly Mark[];
}

/**
 * What is compared is the way to what both have covered in the end, the lesser of the two: nobody knows what all is that
 * can be covered.
 */
export function rowOf(
  size: Size,
  what: SharingRow['what'],
  steps: number,
  compared: readonly Compared[],
): SharingRow {
  const ends = (who: keyof Compared, of: keyof Mark): Figure =>
    figureOf(compared.map((one) => one[who].at(-1)![of]));
  const reached = (who: keyof Compared): Mark[] =>
    compared.map((one) => {
      const both = Math.min(one.alone.at(-1)![what], one.shared.at(-1)![what]);
      return one[who].find((mark) => mark[what] >= both)!;
    });
  const [alone, shared] = [reached('alone'), reached('shared')];
  const reachedBy = (marks: readonly Mark[]): Reached => ({
    runs: figureOf(marks.map(({ runs }) => runs)),
    steps: figureOf(marks.map((mark) => mark.steps)),
  });
  return {
    size,
    what,
    steps,
    runs: { alone: ends('alone', 'runs'), shared: ends('shared', 'runs') },
    covered: { alone: ends('alone', what), shared: ends('shared', what) },
    asMuch: { alone: reachedBy(alone), shared: reachedBy(shared) },
    sooner: shared.filter((mark, index) => mark.steps < alone[index]!.steps).length,
  };
}

function figureOf(values: readonly number[]): Figure {
  const all = [...values];
  return [Math.round(median(all)), min(all), max(all)];
}
