import type { Step } from '../../model/alphabet.ts';
import type { State } from '../../model/state.ts';
import type { Line } from '../../model/testing.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Checker, Wrong } from '../checkers/checker.ts';

/** What a checker says of a step and the state after it, and which properties it found put to the test. */
export function checked(
  checker: Checker,
  state: State,
  [at, stimulus, ...decisions]: Line,
): { wrong: Wrong | null; met: PropertyId[] } {
  const step: Step = { at, stimulus, decisions };
  const met: PropertyId[] = [];
  const wrong = checker.check(state, step, (property) => met.push(property));
  return { wrong, met };
}
