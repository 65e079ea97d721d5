import type { Decision } from '../alphabet.ts';
import type { Invocation, Machine, State } from '../state.ts';

/** A decision, with the invocation and the machine that it concerns, as a permission sees it. */
export interface Occasion {
  decision: Decision;
  invocation: Invocation | null;
  machine: Machine | null;
}

/** The ids of the rules: they stand in traces' verdicts, in files and on pages, and are never renamed. */
export type RuleId =
  | 'run-the-highest'
  | 'run-resident'
  | 'start-highest'
  | 'preempt-outranked'
  | 'memory-bound'
  | 'kill-iff'
  | 'page-out-lowest'
  | 'page-in-to-run'
  | 'answered'
  | 'admit'
  | 'inherit'
  | 'wake-caller'
  | 'place-greatest'
  | 'place-least-loaded'
  | 'bounded-overtaking'
  | 'idle-list-true'
  | 'bill-exact'
  | 'budget-bound';

/** What a rule says to people. */
export interface RuleText {
  readonly id: RuleId;
  /** One sentence. */
  readonly sentence: string;
  /** Section of the paper, without the sign. */
  readonly section: string;
  /** When the rule is put to the test: its "sometimes". */
  readonly premise: string;
}

/** A rule about decisions: evaluated in the state in which the decision is emitted. */
export interface Permission extends RuleText {
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
  breach(state: State): { entity: string; message: string } | null;
}
