import { setImmediate } from 'node:timers';

/**
 * Lets signals and timers have their turn: work that never yields cannot be interrupted. The timer is the module's and
 * not the global one, which tests may have stopped.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
