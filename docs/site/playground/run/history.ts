/** What was done, so that it can be undone, and what was undone, so that it can be done again. */
export interface History<State> {
  readonly past: readonly State[];
  readonly now: State;
  readonly undone: readonly State[];
}

/** So much is kept: nobody goes back further, and each may have thousands of steps. */
const MOST_KEPT = 500;

export function historyOf<State>(now: State): History<State> {
  return { past: [], now, undone: [] };
}

/** Something new: what was undone is forgotten. */
export function done<State>({ past, now }: History<State>, next: State): History<State> {
  return { past: [...past, now].slice(-MOST_KEPT), now: next, undone: [] };
}

/** One back; the same where there is nothing to undo. */
export function undo<State>(history: History<State>): History<State> {
  const { past, now, undone } = history;
  const before = past.at(-1);
  return before === undefined ? history : { past: past.slice(0, -1), now: before, undone: [...undone, now] };
}

/** One forward again; the same where nothing was undone. */
export function redo<State>(history: History<State>): History<State> {
  const { past, now, undone } = history;
  const next = undone.at(-1);
  return next === undefined ? history : { past: [...past, now], now: next, undone: undone.slice(0, -1) };
}
