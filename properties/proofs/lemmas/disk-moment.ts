import { residentCalled } from '../encoding/entities.ts';
import type { TransferOut } from '../encoding/in-time.ts';
import { type Bool, boolVariable, FALSE, type Int, intVariable } from '../terms/term.ts';

/** The moment when a transfer of `memory` MB begins, and what is permitted beside it. */

export const v = residentCalled('v');
export const memory = intVariable('memory', 'mb');
export const chunk = intVariable('chunk');
export const free = intVariable('free', 'swap − S');
export const comesIn = boolVariable('comesIn', 'a page-in is permitted');

/** A page-out from the one that gives its RAM first. */
export function outOf(isMember: Bool, over: Int): TransferOut {
  return { isMember, memory, over, isPreceded: FALSE, comesIn, free, chunk };
}
