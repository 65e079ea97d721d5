import { max, median, min } from 'simple-statistics';

/** Something to be timed: one pass over a fixed piece of work, and how many steps that is. */
export interface Contender {
  readonly steps: number;
  readonly play: () => void | Promise<void>;
}

/** How often and how long contenders are timed. */
export interface Effort {
  /** CPU ms that each contender plays before the first round: the engine takes seconds to compile all that is hot. */
  readonly warmUpMs: number;
  readonly rounds: number;
  /**
   * CPU ms that a contender plays before it is measured in a round, so that it works with warm caches and does not pay
   * for the garbage of the one before.
   */
  readonly settleMs: number;
  /** CPU ms that a contender is measured in a round at least: it repeats its pass until then. */
  readonly roundMs: number;
}

/** A figure over the rounds. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/**
 * CPU time of this process in µs, user and system, all threads of the engine included. On a machine shared with others
 * it says more than the clock on the wall, though not everything: neighbours still take caches and half of a core.
 */
export function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/**
 * Times contenders in turn, round after round (A B A B …), so that other load on the computer affects all of them
 * alike.
 *
 * @returns for each, µs a step in every round.
 */
export async function alternate<Name extends string>(
  contenders: Record<Name, Contender>,
  { warmUpMs, rounds, settleMs, roundMs }: Effort,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (const name of names) await timeOne(contenders[name], warmUpMs);
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      await timeOne(contenders[name], settleMs);
      samples[name].push(await timeOne(contenders[name], roundMs));
    }
  }
  return samples;
}

async function timeOne({ steps, play }: Contender, roundMs: number): Promise<number> {
  const startedAt = cpuMicros();
  let passes = 0;
  let spent = 0;
  do {
    await play();
    passes++;
    spent = cpuMicros() - startedAt;
  } while (spent < roundMs * 1000);
  return spent / (passes * steps);
}

export function spreadOf(samples: readonly number[]): Spread {
  const values = [...samples];
  return { min: min(values), median: median(values), max: max(values) };
}

/** Steps a second from µs a step. */
export function perSecond(micros: readonly number[]): Spread {
  return spreadOf(micros.map((value) => 1e6 / value));
}

/** How many times as fast as the first the second is, or how many times as costly the first is: round by round. */
export function ratios(micros: readonly number[], ofMicros: readonly number[]): Spread {
  return spreadOf(micros.map((value, round) => value / ofMicros[round]!));
}
