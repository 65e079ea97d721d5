import type { LiveInvocation } from './moment.ts';

/**
 * What an invocation does on its machine. A running one is wholly in RAM; others may be swapped out in part or wholly, which
 * one whose memory is nowhere yet is not.
 */
export function doingOf({ phase, swapped, inFlight }: LiveInvocation): string {
  if (phase === 'running' || phase === 'finishing') return 'running';
  if (swapped + inFlight > 0) return 'swapped out';
  return phase === 'waking' ? 'blocked' : phase;
}
