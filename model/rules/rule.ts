import type { Decision, DecisionType } from '../alphabet.ts';
import type { Invocation, Machine } from '../entities.ts';
import type { State } from '../state.ts';
import type { RuleId, RuleSet } from './rule-set.ts';

export type { RuleId } from './rule-set.ts';

/** A decision, with the invocation and the machine that it concerns, as a permission sees it. */
export interface Occasion {
  decision: Decision;
  invocation: Invocation | null;
  machine: Machine | null;
  /** The rules that are asked: one that lets others come first does so only of these. */
  readonly rules: RuleSet;
}

/** What a rule says to people. */
export interface RuleText {
  readonly id: RuleId;
  /** One sentence. */
  readonly sentence: string;
  /** Section of the paper, without the sign. */
  readonly section: string;
  /** When the rule is put to the test: its "sometimes". */
  readonly premise: string;
  /** Whether it asks for nothing where a page moves at once. */
  readonly inTime?: true;
}

/** What a permission asks of each type of decision that it concerns, a line for each condition. */
export type Formula = Readonly<Partial<Record<DecisionType, readonly string[]>>>;

/** A rule about decisions: evaluated in the state in which the decision is emitted. */
export interface Permission extends RuleText {
  /** By the type of the decision, what must hold of it, in the notation of the pages. Every line must hold. */
  readonly formula: Formula;
  permits(state: State, occasion: Occasion): boolean;
  /** Why it did not permit this decision, with the numbers that decide. Asked only after a refusal. */
  objection(state: State, occasion: Occasion): string;
}

/** A rule about a machine in a quiet state. */
export interface MachineObligation extends RuleText {
  /** Whether this machine, in this state, puts the rule to the test. */
  applies(state: State, machine: Machine): boolean;
  /** What is wrong, with the numbers that decide; null when nothing is. */
  breach(state: State, machine: Machine): string | null;
}

/** A rule about what a step has done as a whole. */
export interface StepObligation extends RuleText {
  applies(state: State): boolean;
  breach(state: State): StepBreach | null;
}

/** Who is concerned, and what is wrong, with the numbers that decide. */
export interface StepBreach {
  readonly entity: string;
  readonly message: string;
}
