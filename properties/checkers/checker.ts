import type { Decision, Step } from '../../model/alphabet.ts';
import type { RuleId } from '../../model/rules/rule.ts';
import type { State } from '../../model/state.ts';
import type { PropertyId } from '../catalogue.ts';

/** What a checker found wrong, with the numbers that decide. */
export interface Finding {
  /** Id of the property in the catalogue. */
  property: PropertyId;
  /** The rule that refused a step; null when the property is judged by other means. */
  rule: RuleId | null;
  /** The step, counted from 1 (`boot`). */
  step: number;
  entity: string;
  message: string;
}

/**
 * Checks properties beyond the rules, in its own words and with its own sums, after each step that the judge has
 * accepted. It looks only at what the step has touched, so that its cost does not grow with the cluster.
 */
export interface Checker {
  /** Ids of the properties in the catalogue. */
  readonly properties: readonly PropertyId[];
  /** What is wrong after this step, or null. Says which properties the step has put to the test. */
  check(state: State, step: JudgedStep, met: (property: PropertyId) => void): Wrong | null;
}

/** A step as checkers see it. */
export type JudgedStep = Omit<Step, 'decisions'> & { readonly decisions: readonly Decision[] };

export interface Wrong {
  property: PropertyId;
  entity: string;
  message: string;
}
