import { createColors } from 'picocolors';

/**
 * The colours of the text output. `NO_COLOR` takes them away and `FORCE_COLOR` asks for them (https://no-color.org,
 * https://force-color.org); else a terminal has them, and a pipe or a file has none. The library by itself would colour
 * whatever a machine with `CI` set writes, so that the same command would leave other bytes in a file there.
 */
export const colour = createColors(isColourWanted(process.env, process.stdout.isTTY === true));

/** Whether text for an output is coloured: an empty variable counts as not set. */
export function isColourWanted(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return true;
  return isTerminal && env.TERM !== 'dumb' && env.FORCE_COLOR !== '0';
}
