const { now } = performance;

/**
 * A clock that never goes back, in ms. It is taken when this module is loaded, so that whoever stops the global one
 * later, as tests do, does not stop it for those who wait here.
 */
export function nowMs(): number {
  return now.call(performance);
}
