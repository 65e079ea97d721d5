import { InputError } from '../../model/input-error.ts';
import { BrokenScheduler, StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { stopSign } from '../../reference-impl/io/stop-sign.ts';
import { type Desk, EXIT, interruptedCode } from './command.ts';

/**
 * Does what comes after a verdict, such as writing a page of it. What goes wrong with that is told, and leaves the verdict
 * as it is: only where nothing was wrong before is the exit code that of bad input.
 *
 * @param code the exit code of the verdict.
 * @returns the exit code.
 */
export async function afterVerdict(
  code: number,
  { err }: Pick<Desk, 'err'>,
  work: () => void | Promise<void>,
): Promise<number> {
  try {
    await work();
    return code;
  } catch (error) {
    if (!(error instanceof InputError || error instanceof BrokenScheduler)) throw error;
    if (error instanceof StoppedWaiting) return code === EXIT.accepted ? interruptedCode() : code;
    err.write(`xx: ${error.message}\n`);
    if (code !== EXIT.accepted) return code;
    if (stopSign().signal !== 0) return interruptedCode();
    return error instanceof InputError ? EXIT.badInput : EXIT.brokenScheduler;
  }
}
