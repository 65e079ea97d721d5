import type { PartId } from '../../model/alphabet.ts';
import { InputError } from '../../model/input-error.ts';
import type { SimulationOptions } from '../../reference-impl/simulation/options.ts';
import type { SimulateOptions } from './simulate-options.ts';

/**
 * The options of a simulation with parts of XX left out: what was not asked for goes, and what was is refused.
 *
 * @throws InputError with one line that begins with the option.
 */
export function simulatedWithout(
  options: SimulationOptions,
  without: readonly PartId[],
  raw: SimulateOptions,
): SimulationOptions {
  if (without.length === 0) return options;
  if (without.includes('swap') && Number(raw.swap ?? 0) > 0) {
    throw new InputError(
      `--swap: expected 0, since swap is left out, got ${raw.swap}; leave out one of the two`,
    );
  }
  if (without.includes('paging') && raw.disk !== undefined) {
    throw new InputError(
      `--disk: expected none, since paging is left out, got ${raw.disk}; leave out one of the two`,
    );
  }
  if (without.includes('calls') && options.calls.probability > 0) {
    throw new InputError(
      `--calls: expected 0, since calls are left out, got ${raw.calls}; leave out one of the two`,
    );
  }
  return { ...options, swapMb: without.includes('swap') ? 0 : options.swapMb, without };
}
