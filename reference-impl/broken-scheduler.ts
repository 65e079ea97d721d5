import type { Decision, Stimulus } from '../model/alphabet.ts';
import type { Scenario } from '../model/configuration.ts';
import { ImpossibleStimulus } from '../model/input-error.ts';
import { printable } from '../model/printable.ts';
import { LacksParts } from './exec/lacks-parts.ts';
import type { Scheduler } from './scheduler.ts';

/**
 * Thrown when a scheduler breaks the contract itself: it throws, hangs, crashes, or answers with something that is not a list of
 * decisions. The command line exits with 3.
 */
export class BrokenScheduler extends Error {
  override readonly name = 'BrokenScheduler';
  /** What it was asked until then, where somebody knows; the last is what it broke on. */
  scenario: Scenario | null = null;
  /** The run of a campaign, counted from 1; 0 when it is none of a campaign. */
  run = 0;
  /** Where that scenario was written; null when it was not. */
  file: string | null = null;

  /** @param message one line, which is made printable: much of it may be output of another process. */
  constructor(message: string, options?: ErrorOptions) {
    super(printable(message), options);
  }
}

/**
 * Thrown by a scheduler that is a process when it is waited for, and somebody wants to stop, or time is up. It says nothing about
 * the scheduler.
 */
export class StoppedWaiting extends BrokenScheduler {}

/**
 * Asks a scheduler for one step.
 *
 * @param step which step it is, counted from 1; null where steps are not played in a row.
 * @throws ImpossibleStimulus when the scheduler throws one.
 * @throws LacksParts when it is a process that says so of itself.
 * @throws BrokenScheduler when the scheduler throws anything else.
 */
export function askForStep(
  scheduler: Pick<Scheduler, 'name' | 'step'>,
  step: number | null,
  at: number,
  stimulus: Stimulus,
): Decision[] {
  try {
    return scheduler.step(at, stimulus);
  } catch (error) {
    if (error instanceof ImpossibleStimulus || error instanceof BrokenScheduler) throw error;
    if (error instanceof LacksParts) throw error;
    throw brokenOn(scheduler.name, { step, at, stimulus }, `threw ${thrownText(error)}`, error);
  }
}

/** What a scheduler has thrown, as text: it need not be an error, nor have a text at all. */
export function thrownText(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'a value that cannot be shown as text';
  }
}

/** Says in one line which scheduler broke, on which step (counted from 1), and how. */
export function brokenOn(
  scheduler: string,
  { step, at, stimulus }: { step: number | null; at: number; stimulus: Stimulus },
  what: string,
  cause?: unknown,
): BrokenScheduler {
  const where = `${step === null ? 'a step' : `step ${step}`}, ${JSON.stringify(stimulus)} at ${at}`;
  return new BrokenScheduler(`scheduler ${scheduler} on ${where}: it ${what}`, { cause });
}
