const { now, timeOrigin } = performance;

/**
 * A clock that never goes back, in ms. It is taken when this module is loaded, so that tests which stop the global
 * clock later do not stop this one.
 */
export function nowMs(): number {
  return now.call(performance);
}

/** The time in ms since 1970, the same in every thread; it never goes back. */
export function epochMs(): number {
  return timeOrigin + nowMs();
}
