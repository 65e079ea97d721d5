import { emptyTally, type Tally } from '../../model/coverage.ts';
import { Choices } from '../../model/explore/choices.ts';
import type { Expander, Explorable, ExtraCheck } from '../../model/explore/expander.ts';
import type { BoundedInstance } from '../../model/explore/instance.ts';
import { ModelExpander } from '../../model/explore/model-expander.ts';
import { Renaming } from '../../model/explore/renaming.ts';
import { SchedulerExpander } from '../../model/explore/scheduler-expander.ts';
import { SymmetricExpander } from '../../model/explore/symmetric-expander.ts';
import { readAnswer } from '../../model/format/answer.ts';
import { InputError } from '../../model/input-error.ts';
import { RULES } from '../../model/rules/index.ts';
import { askForStep } from '../../reference-impl/broken-scheduler.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { Sampler } from '../../reference-impl/xx/context.ts';
import { CATALOGUE, PROPERTY_INDEX, type PropertyId } from '../catalogue.ts';
import type { Checker } from '../checkers/checker.ts';
import { memoryNeverExceeds, nothingSwappedForLower } from '../checkers/memory.ts';
import { lent } from '../checkers/paging/lent.ts';
import { steady } from '../checkers/paging/steady.ts';
import { noPriorityInversion } from '../checkers/priority.ts';
import { boundedLowClassStarvation } from '../checkers/starvation.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { ON_REQUEST_OF_EXPLORATIONS } from '../on-request/checkers.ts';
import { type Asked, askedOf, isAsked, isEverything } from '../play/asked.ts';
import { CHECKERS_OF_STEPS } from '../play/assessor.ts';
import { ProcessExpander, type Replayed } from './process-expander.ts';

/** What is explored: a scheduler, or the model by itself. */
export interface Subject {
  readonly instance: BoundedInstance;
  /** `null`: every decision that the rules permit. */
  readonly scheduler: string | null;
  /** Only these are judged, each on its own evidence; everything when empty. */
  readonly properties: readonly PropertyId[];
  /** Whether states that differ only in who is who count as one. */
  readonly symmetry?: boolean;
}

const CHECKERS: readonly Checker[] = [...CHECKERS_OF_STEPS, ...ON_REQUEST_OF_EXPLORATIONS];

/** The properties beyond the rules that are judged in every state of an exploration. */
export const EXPLORED: readonly PropertyId[] = CHECKERS.map(({ property }) => property);

/** What an exploration can judge: in every state, or on the graph of all of them. */
export const EXPLORABLE: readonly PropertyId[] = [
  ...EXPLORED,
  'everything-drains',
  ...RULES.map(({ id }) => id),
];

/**
 * Makes what expands the states of a subject: every step judged by the rules and by the checkers of the headline claims,
 * as far as they are asked. The model by itself takes only what all rules permit, whatever is asked of it.
 *
 * @throws InputError when the instance or the scheduler cannot be explored, or a property cannot be judged in this way.
 */
export function createExpander(subject: Subject): Expander {
  const expander = expanderOfNames(subject);
  if (subject.symmetry !== true) return expander;
  // A scheduler may break ties by the numbers of machines and shards, as the reference does; the rules do not.
  const machinesAndShards = subject.scheduler === null;
  return new SymmetricExpander(
    expander,
    new Renaming(subject.instance, expander.packing, { machinesAndShards }),
  );
}

/** Where everybody is told apart by name. */
function expanderOfNames({ instance, scheduler, properties }: Subject): Expander {
  refuseOfWholeRuns(properties);
  const asked = askedOf(properties);
  if (scheduler !== null) return expanderOf(instance, (sample) => createScheduler(scheduler, sample), asked);
  const tally = emptyTally(CATALOGUE.length);
  return new ModelExpander(instance, countedClaims(asked, tally), tally);
}

function refuseOfWholeRuns(properties: readonly PropertyId[]): void {
  for (const id of properties) {
    if (EXPLORABLE.includes(id)) continue;
    throw new InputError(
      `--property: ${id} is about whole runs, and an exploration goes from state to state; judge it with xx fuzz`,
    );
  }
}

/**
 * Makes what expands the states of a scheduler.
 *
 * @throws InputError when the instance or the scheduler cannot be explored.
 */
export function expanderOf(
  instance: BoundedInstance,
  create: (sample: Sampler) => Scheduler,
  asked: Asked,
): Expander {
  const choices = new Choices();
  const made = create((_generator, count, size) => choices.sample(count, size));
  const explored = explorable(made);
  const scheduler: Explorable = {
    reset: (config) => explored.reset(config),
    load: (snapshot) => explored.load(snapshot),
    step: (at, stimulus) => askForStep(made, null, at, stimulus),
  };
  const tally = emptyTally(CATALOGUE.length);
  return new SchedulerExpander(instance, scheduler, choices, countedClaims(asked, tally), tally, asked.rules);
}

/**
 * Makes what expands the states of a process, which is played from the start for every step.
 *
 * @throws InputError when the instance cannot be explored, or a property cannot be judged in this way.
 */
export function expanderOfProcess({ instance, properties }: Subject, process: Replayed): ProcessExpander {
  refuseOfWholeRuns(properties);
  const asked = askedOf(properties);
  const own = emptyTally(CATALOGUE.length);
  const check = countedClaims(asked, own);
  return new ProcessExpander(instance, process, readAnswer, { check, own, rules: asked.rules });
}

function countedClaims(asked: Asked, { met }: Tally): ExtraCheck {
  return claimsOf(asked, (property) => {
    const number = PROPERTY_INDEX[property];
    return () => {
      met[number]!++;
    };
  });
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

/**
 * Judges the headline claims after every step, as far as they are asked.
 *
 * @param counterOf what is called for a property each time that a step puts it to the test.
 */
function claimsOf(asked: Asked, counterOf: (property: PropertyId) => () => void): ExtraCheck {
  // By name and not in a loop, as the judge has it: it is done for every edge of the graph.
  if (isEverything(asked)) {
    const inversion = counterOf(noPriorityInversion.property);
    const starvation = counterOf(boundedLowClassStarvation.property);
    const memory = counterOf(memoryNeverExceeds.property);
    const swapped = counterOf(nothingSwappedForLower.property);
    const steadiness = counterOf(steady.property);
    const lending = counterOf(lent.property);
    return ({ state }, step) =>
      wrongOf(
        noPriorityInversion.check(state, step, inversion) ??
          boundedLowClassStarvation.check(state, step, starvation) ??
          memoryNeverExceeds.check(state, step, memory) ??
          nothingSwappedForLower.check(state, step, swapped) ??
          steady.check(state, step, steadiness) ??
          lent.check(state, step, lending),
      );
  }
  const checkers = CHECKERS.filter(({ property }) => isAsked(asked, property));
  const counters = checkers.map(({ property }) => counterOf(property));
  return ({ state }, step) => {
    for (const [index, checker] of checkers.entries()) {
      const wrong = checker.check(state, step, counters[index]!);
      if (wrong !== null) return wrongOf(wrong);
    }
    return null;
  };
}

function wrongOf(wrong: ReturnType<(typeof noPriorityInversion)['check']>): ReturnType<ExtraCheck> {
  if (wrong === null) return null;
  return { rule: wrong.property, message: `${wrong.property} does not hold: ${wrong.message}` };
}

/** The headline claims, judged after every step that the rules accept. */
export const headlineClaims: ExtraCheck = claimsOf(askedOf([]), () => () => {});
