import type { Stimulus } from '../model/alphabet.ts';

/**
 * Thrown when a scheduler breaks the contract itself: it throws, hangs, crashes, or answers with something that is not a list of
 * decisions. The command line exits with 3.
 */
export class BrokenScheduler extends Error {
  override readonly name = 'BrokenScheduler';
}

/** Says in one line which scheduler broke, on which step (counted from 1), and how. */
export function brokenOn(
  scheduler: string,
  { step, at, stimulus }: { step: number; at: number; stimulus: Stimulus },
  what: string,
  cause?: unknown,
): BrokenScheduler {
  const where = `step ${step}, ${JSON.stringify(stimulus)} at ${at}`;
  return new BrokenScheduler(`scheduler ${scheduler} on ${where}: it ${what}`, { cause });
}
