import type { Scenario } from '../../../model/configuration.ts';
import type { Rules } from '../encoding/rules.ts';
import type { LemmaId } from '../lemma.ts';
import type { Situation } from '../scenarios/situation.ts';
import type { Values } from '../terms/evaluate.ts';
import type { Assertion } from '../terms/smt-lib.ts';

/**
 * A rule that is weakened in one place, so that a lemma is no longer true: what shows that the lemma needs the rule, and
 * that its proof is no accident.
 */
export interface Weakening {
  /** Also that of the wrong scheduler that goes by the weakened rule: one of `properties/mutants`. */
  readonly name: string;
  /** What the weakened rule says, where the rule says otherwise. */
  readonly sentence: string;
  /** The lemma that it breaks, and the obligation for which a solver then answers `sat`. */
  readonly lemma: LemmaId;
  readonly obligation: string;
  readonly rules: Rules;
  /** What goes wrong with it in a small cluster. */
  readonly example: Example;
}

/**
 * A question to a solver about a small cluster under the weakened rule; what it answers is turned into a scenario. Where
 * that is not written down at once, the scenario is searched for: a shortest one that leads to the situation.
 */
export type Example = {
  /** What goes wrong, a sentence. */
  readonly words: string;
  readonly assertions: readonly Assertion[];
} & (
  | { readonly scenario: (values: Values) => Scenario }
  | {
      readonly situation: (values: Values) => Situation;
      /** How many more may come and go before the situation is reached. */
      readonly passersBy: number;
    }
);

/** The number that a variable has. */
export function numberOf(values: Values, name: string): number {
  return Number(values[name] ?? 0);
}
