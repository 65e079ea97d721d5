import { createGenerator, type Generator as Draws, nextBelow } from '../../reference-impl/random.ts';

/** What befalls a farm. */
export type Act =
  | 'a worker is killed'
  | 'a worker is stopped'
  | 'a worker joins'
  | 'Redis is killed'
  | 'the coordinator is killed';

/** A blow, and how long nothing happens before it, and how long what is gone stays gone. */
export interface Blow {
  readonly act: Act;
  readonly afterMs: number;
  readonly goneMs: number;
  /** Which worker, modulo how many there are. */
  readonly lot: number;
}

/** A campaign, and what befalls it until it is over. */
export interface Round {
  readonly name: string;
  /** Words of `xx fuzz`. */
  readonly campaign: readonly string[];
  /** Whether the result depends on who is when where, so that only its runs can be compared. */
  readonly shares: boolean;
  /** One after the other, for as long as the campaign goes on. */
  readonly blows: () => Blow;
}

/** Workers are killed more often than anything else, as on a farm of machines that come and go. */
const ACTS: readonly Act[] = [
  ...Array<Act>(6).fill('a worker is killed'),
  ...Array<Act>(2).fill('a worker is stopped'),
  ...Array<Act>(2).fill('a worker joins'),
  ...Array<Act>(2).fill('Redis is killed'),
  ...Array<Act>(2).fill('the coordinator is killed'),
];

const LONGEST_PAUSE_MS = 2_500;
const LONGEST_GONE_MS = 3_000;

/** Every so many campaigns one finds something, and one shares what it meets. */
const FINDS_EVERY = 4;
const SHARES_EVERY = 5;

/** What is wrong with it shows in one of some hundred runs of medium size. */
const FOUND_LATE = 'forgets-to-preempt-after-a-crash';

/** What befalls a farm in campaign after campaign: the same seed gives the same blows and pauses. */
export function* rounds(seed: number, runs: number): Generator<Round, never> {
  const generator = createGenerator(seed);
  for (let number = 1; ; number++) {
    const finds = number % FINDS_EVERY === 0;
    const shares = number % SHARES_EVERY === 0;
    // A coordinator that is killed while it shrinks leaves what it has found as it is, beside what the next one shrinks.
    const acts = finds ? ACTS.filter((act) => act !== 'the coordinator is killed') : ACTS;
    const of = createGenerator(1000 * seed + nextBelow(generator, 1000));
    yield {
      name: `campaign ${number}`,
      campaign: [
        ...['--runs', String(runs), '--seed', String(number), '--size', finds ? 'medium' : 'small'],
        ...(finds ? ['--scheduler', FOUND_LATE] : []),
        ...(shares ? ['--share-corpus'] : []),
      ],
      shares,
      blows: () => blow(of, acts),
    };
  }
}

function blow(generator: Draws, acts: readonly Act[]): Blow {
  return {
    act: acts[nextBelow(generator, acts.length)]!,
    afterMs: nextBelow(generator, LONGEST_PAUSE_MS),
    goneMs: nextBelow(generator, LONGEST_GONE_MS),
    lot: nextBelow(generator, 2 ** 16),
  };
}
