import { scriptBeside } from '../../workers/beside.ts';
import type { Recorded } from '../run/presets.ts';

declare global {
  /** What `playground.recorded.js` brings along. */
  var xxRecorded: readonly Recorded[] | undefined;
}

/** Loads the counterexamples that are recorded, once. @throws Error when their script is not there. */
export async function loadRecorded(): Promise<readonly Recorded[]> {
  if (globalThis.xxRecorded === undefined) await scriptBeside('playground.recorded.js');
  return globalThis.xxRecorded!;
}
