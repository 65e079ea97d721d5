import { OFTEN, type Sightings } from './sightings.ts';

/** What a campaign that found nothing wrong may have missed. Probabilities are of one more run, made in the same way. */
export interface Discovery {
  readonly runs: number;
  /** Runs that met something that no other run met. */
  readonly alone: number;
  /**
   * That it meets something that none of the runs has met: the estimate of Good and Turing, and an interval that contains
   * the true value 95 times in a hundred.
   */
  readonly somethingNew: { readonly estimate: number; readonly least: number; readonly most: number };
  /** At most this, 95 times in a hundred, that it finds something wrong. */
  readonly somethingWrong: { readonly most: number };
}

/** Of the standard normal distribution: 95 % lie within this many standard deviations of the mean. */
const Z = 1.959964;
const RISK = 0.05;

/**
 * What is left after so many runs of which none found anything wrong.
 *
 * The estimate is that of I. J. Good and A. Turing (Biometrika 40, 1953), where what is counted is runs and not features,
 * since one run meets many: of the runs made so far, the share that met something which no other had met is how often a run
 * is news to all others. Its variance is that of W. W. Esty (Annals of Statistics 11, 1983): what was met once, and twice
 * what was met twice. The interval is a score interval, so that it makes sense also when nothing was met just once.
 * That something wrong would have shown itself in none of so many runs is less likely than 5 % for anything that shows in
 * more than 1 − 0.05^(1/runs) of them, about 3 in as many runs (C. J. Clopper, E. S. Pearson, Biometrika 26, 1934).
 */
export function discoveryOf(runs: number, sightings: Sightings): Discovery | null {
  if (runs === 0) return null;
  const { alone, pairs } = rarities(sightings);
  const middle = alone + (Z * Z) / 2;
  const reach = Z * Math.sqrt(alone + 2 * pairs + (Z * Z) / 4);
  const share = (of: number): number => Math.min(1, Math.max(0, of / runs));
  return {
    runs,
    alone,
    somethingNew: { estimate: share(alone), least: share(middle - reach), most: share(middle + reach) },
    somethingWrong: { most: 1 - RISK ** (1 / runs) },
  };
}

/** How many runs met something alone, and how many pairs of runs met something that only the two met. */
function rarities({ times, first, second }: Sightings): { readonly alone: number; readonly pairs: number } {
  const alone = new Set<number>();
  const pairs = new Set<string>();
  for (let feature = 0; feature < times.length; feature++) {
    if (times[feature] === 1) alone.add(first[feature]!);
    if (times[feature] === OFTEN - 1) pairs.add(`${first[feature]} ${second[feature]}`);
  }
  return { alone: alone.size, pairs: pairs.size };
}
