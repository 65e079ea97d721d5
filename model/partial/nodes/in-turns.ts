/** Long work that stops now and then, and is told whether to go on; it has a result in either case. */
export type InTurns<Result> = Generator<void, Result, boolean>;

/** Does such work to its end. */
export function throughout<Result>(work: InTurns<Result>): Result {
  for (let turn = work.next(true); ; turn = work.next(true)) if (turn.done === true) return turn.value;
}
