import type { Decision, Step } from '../../model/alphabet.ts';
import type { RuleId } from '../../model/rules/rule.ts';
import type { State } from '../../model/state.ts';
import type { PropertyId } from '../property.ts';

/** What a checker found wrong, with the numbers that decide. */
export interface Finding {
  /** Id of the property in the catalogue. */
  property: PropertyId;
  /** The rule that refused a step; null when the property is judged by other means. */
  rule: RuleId | null;
  /**
   * Properties beyond the rules that do not hold either in the state to which the refused step leads; empty unless a rule
   * refused it while all of them are asked.
   */
  falls: readonly Wrong[];
  /** The step, counted from 1 (`boot`). */
  step: number;
  entity: string;
  message: string;
}

/**
 * Checks a property beyond the rules on its own evidence, in its own words and with its own sums: whether or not any rule
 * accepts what a step has led to. It looks only at what the step has touched, so that its cost does not grow with the
 * cluster.
 */
export interface Checker {
  /** Id of the property in the catalogue. */
  readonly property: PropertyId;
  /** What is wrong after this step, or null. Says whether the step has put the property to the test. */
  check(state: State, step: JudgedStep, met: (property: PropertyId) => void): Wrong | null;
}

/** A step as checkers see it: with the decisions that had their effect, which are those that are possible. */
export type JudgedStep = Omit<Step, 'decisions'> & { readonly decisions: readonly Decision[] };

export interface Wrong {
  property: PropertyId;
  entity: string;
  message: string;
}
