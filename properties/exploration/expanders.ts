import { Choices } from '../../model/explore/choices.ts';
import type { Expander, Explorable, ExtraCheck } from '../../model/explore/expander.ts';
import type { BoundedInstance } from '../../model/explore/instance.ts';
import { ModelExpander } from '../../model/explore/model-expander.ts';
import { SchedulerExpander } from '../../model/explore/scheduler-expander.ts';
import { InputError } from '../../model/input-error.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Checker } from '../checkers/checker.ts';
import { memoryNeverExceeds, nothingSwappedForLower } from '../checkers/memory.ts';
import { noPriorityInversion } from '../checkers/priority.ts';
import { boundedLowClassStarvation } from '../checkers/starvation.ts';
import { createScheduler } from '../schedulers.ts';

/** What is explored: a scheduler, or the model by itself. */
export interface Subject {
  readonly instance: BoundedInstance;
  /** `null`: every decision that the rules permit. */
  readonly scheduler: string | null;
}

/** The checkers that need nothing but a state and a step; the others keep accounts of a whole run. */
const CHECKERS: readonly Checker[] = [
  noPriorityInversion,
  boundedLowClassStarvation,
  memoryNeverExceeds,
  nothingSwappedForLower,
];

/** The properties beyond the rules that are judged in every state of an exploration. */
export const EXPLORED: readonly PropertyId[] = CHECKERS.flatMap(({ properties }) => properties);

/**
 * Makes what expands the states of a subject: every step judged by the rules and by the checkers of the headline claims.
 *
 * @throws InputError when the instance or the scheduler cannot be explored.
 */
export function createExpander({ instance, scheduler }: Subject): Expander {
  if (scheduler === null) return new ModelExpander(instance, headlineClaims);
  const choices = new Choices();
  const created = createScheduler(scheduler, (_generator, count, size) => choices.sample(count, size));
  return new SchedulerExpander(instance, explorable(created), choices, headlineClaims);
}

/**
 * A scheduler as exploration needs it.
 *
 * @throws InputError when it cannot be put into a state.
 */
export function explorable(scheduler: Scheduler): Explorable {
  if (scheduler.load === undefined) {
    throw new InputError(
      `--scheduler: ${scheduler.name} cannot be put into a state, so it cannot be explored`,
    );
  }
  return scheduler as Scheduler & Required<Pick<Scheduler, 'load'>>;
}

/** The headline claims, judged after every step that the rules accept. */
export const headlineClaims: ExtraCheck = ({ state }, step) => {
  // By name and not in a loop, as the judge has it: it is done for every edge of the graph.
  const wrong =
    noPriorityInversion.check(state, step, ignore) ??
    boundedLowClassStarvation.check(state, step, ignore) ??
    memoryNeverExceeds.check(state, step, ignore) ??
    nothingSwappedForLower.check(state, step, ignore);
  if (wrong === null) return null;
  return { rule: wrong.property, message: `${wrong.property} does not hold: ${wrong.message}` };
};

function ignore(): void {}
