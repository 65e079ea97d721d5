import type { Decision, Stimulus } from '../../model/alphabet.ts';
import { InputError } from '../../model/input-error.ts';
import type { State } from '../../model/state.ts';
import { type GoalState, viewOf } from './view.ts';

/** A situation that a campaign should reach: it has shown nothing of situations that it never reached. */
export interface Goal {
  /** As reports name it; each of several has another. */
  readonly name: string;
  /**
   * Whether a step has reached it. Asked after every step that was accepted, so it should be cheap.
   *
   * @param state after the step; see {@link GoalState}.
   * @param step the stimulus, and the decisions of the scheduler under test.
   */
  readonly met: (state: GoalState, step: GoalStep) => boolean;
}

/** A step as goals see it. */
export interface GoalStep {
  /** In ms. */
  readonly at: number;
  readonly stimulus: Stimulus;
  readonly decisions: readonly Decision[];
}

/** The longest name of a goal, in characters, as of everything else that is named. */
const LONGEST_NAME = 256;

/** Why something is not a list of goals, in one sentence; null when it is one. */
export function objectionToGoals(goals: unknown): string | null {
  if (!Array.isArray(goals)) return `goals is ${typeof goals}, and must be a list of { name, met }`;
  const names = new Set<string>();
  for (const [index, goal] of goals.entries()) {
    const { name, met } = (typeof goal === 'object' && goal !== null ? goal : {}) as Record<string, unknown>;
    if (typeof name !== 'string' || name.trim() === '' || name.length > LONGEST_NAME) {
      return `goals[${index}].name is ${JSON.stringify(name)}, and must be a name of 1 to ${LONGEST_NAME} characters`;
    }
    if (typeof met !== 'function') {
      return `goals[${index}].met ("${name}") is ${typeof met}, and must be a function of (state, step)`;
    }
    if (names.has(name)) return `goals[${index}].name is "${name}", which is also the name of another goal`;
    names.add(name);
  }
  return null;
}

/** Asks goals after each step of a run, and counts how often each was met. */
export class GoalWatch {
  private readonly goals: readonly Goal[];
  private readonly counts: number[];

  /** @param counts one for each goal, in their order, to add to; what is not there yet is 0. */
  constructor(goals: readonly Goal[], counts: number[]) {
    this.goals = goals;
    this.counts = counts;
    while (counts.length < goals.length) counts.push(0);
  }

  /** @throws InputError when a goal throws, or answers with something else than true or false. */
  after(state: State, step: GoalStep): void {
    if (this.goals.length === 0) return;
    const view = viewOf(state);
    for (const [index, goal] of this.goals.entries()) {
      if (asked(goal, view, step)) this.counts[index]!++;
    }
  }
}

function asked({ name, met }: Goal, state: GoalState, step: GoalStep): boolean {
  let answer: unknown;
  try {
    answer = met(state, step);
  } catch (error) {
    throw new InputError(`the goal "${name}" threw ${oneLine(error)}; met must not throw`);
  }
  if (typeof answer === 'boolean') return answer;
  throw new InputError(`the goal "${name}" answered ${oneLine(answer)}; met must answer true or false`);
}

/** The first line of what a goal has thrown or answered. */
export function oneLine(value: unknown): string {
  return `${value}`.split('\n')[0]!;
}
