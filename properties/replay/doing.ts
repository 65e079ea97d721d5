import type { LiveInvocation } from './moment.ts';

/** What an invocation does on its machine. A running one is wholly in RAM; others may be swapped out in part or wholly. */
export function doingOf({ phase, demand, resident }: LiveInvocation): string {
  if (phase === 'running' || phase === 'finishing') return 'running';
  if (resident < demand) return 'swapped out';
  return phase === 'waking' ? 'blocked' : phase;
}
