import type { Moments } from '../../reference-impl/simulation/distributions.ts';

/** Closed forms of queueing theory that a simulation must meet. Times in ms, rates a ms. */

/** A class of customers: its rate of arrival, and the moments of what each needs of the server. */
export interface Stream extends Moments {
  readonly perMs: number;
}

/** M/G/1 under processor sharing: mean time in the system of a job of size `x`, whatever the distribution. */
export function processorSharing(x: number, load: number): number {
  return x / (1 - load);
}

/**
 * M/G/1 with preemptive-resume priorities: mean time in the system by class.
 *
 * @param streams highest class first.
 */
export function preemptiveResume(streams: readonly Stream[]): number[] {
  let loadAbove = 0;
  let residual = 0;
  return streams.map(({ perMs, mean, second }) => {
    const load = loadAbove + perMs * mean;
    residual += perMs * second;
    const responseMs = mean / (1 - loadAbove) + residual / (2 * (1 - loadAbove) * (1 - load));
    loadAbove = load;
    return responseMs;
  });
}

/**
 * M/G/1, not preemptive, with delay-dependent priorities: who is served next is the one with the greatest rate × wait
 * (Kleinrock 1964). Mean wait by class.
 *
 * @param streams lowest rate first.
 * @param rates at which priority grows, ascending.
 */
export function delayDependent(streams: readonly Stream[], rates: readonly number[]): number[] {
  const load = streams.map(({ perMs, mean }) => perMs * mean);
  const total = load.reduce((sum, one) => sum + one, 0);
  const residualMs = streams.reduce((sum, { perMs, second }) => sum + perMs * second, 0) / 2;
  const waitMs: number[] = [];
  for (const [p, rate] of rates.entries()) {
    let above = residualMs / (1 - total);
    for (let i = 0; i < p; i++) above -= load[i]! * waitMs[i]! * (1 - rates[i]! / rate);
    let below = 1;
    for (let i = p + 1; i < rates.length; i++) below -= load[i]! * (1 - rate / rates[i]!);
    waitMs.push(above / below);
  }
  return waitMs;
}

/** M/D/1: mean wait, by Pollaczek and Khinchine. */
export function deterministicWait(meanMs: number, load: number): number {
  return (load * meanMs) / (2 * (1 - load));
}

/** M/M/c: mean wait, by Erlang's C formula, from his B by recursion, which never overflows. */
export function erlangCWait(cores: number, perMs: number, meanMs: number): number {
  const offered = perMs * meanMs;
  let blocking = 1;
  for (let c = 1; c <= cores; c++) blocking = (offered * blocking) / (c + offered * blocking);
  const waits = blocking / (1 - (offered / cores) * (1 - blocking));
  return (waits * meanMs) / (cores - offered);
}
