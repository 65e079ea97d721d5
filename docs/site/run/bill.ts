import type { Bill } from '../../../model/alphabet.ts';
import type { Invocation } from '../../../model/entities.ts';
import { ImpossibleStimulus } from '../../../model/input-error.ts';
import { billOf } from '../../../model/metering.ts';
import type { State } from '../../../model/state.ts';

/** What somebody would pay now; null where a sum of it leaves the safe integers, after a vast time. */
export function billNow(state: State, invocation: Invocation): Bill | null {
  try {
    return billOf(state, invocation);
  } catch (error) {
    if (error instanceof ImpossibleStimulus) return null;
    throw error;
  }
}
