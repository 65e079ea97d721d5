/** Lets signals and timers have their turn: work that never yields cannot be interrupted. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
