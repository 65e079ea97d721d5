import { printable } from './printable.ts';

/**
 * Bad input: the caller's fault, never the scheduler's and never the program's. Its message is one line that names
 * the place, the value, what was expected and, where it helps, the probable cause; it is {@link printable}. The command
 * line prints it after the file's name and exits with 2.
 */
export class InputError extends Error {
  /**
   * Carries no stack: the fault is not in this program. Campaigns get refusals by the thousand, and finding out where
   * one was thrown costs as much as several steps.
   */
  constructor(message: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(printable(message));
    Error.stackTraceLimit = limit;
  }

  override get name(): string {
    return 'InputError';
  }
}

/**
 * A stimulus that is not possible in the state it meets: finishing what does not run, an id used twice, a shard or
 * a machine that does not exist, a sum beyond the safe integers. The whole scenario is refused.
 */
export class ImpossibleStimulus extends InputError {}

/** The stimulus itself is possible; a sum that is due in its step leaves the integers that floating point represents exactly. */
export class UnsafeSum extends ImpossibleStimulus {}
