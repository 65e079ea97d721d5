import type { Decision } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import type { Tally } from '../../model/coverage.ts';
import { InputError } from '../../model/input-error.ts';
import { Judge, type Violation } from '../../model/judge.ts';
import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { writtenAnswer } from './answer.ts';

/** Properties that relate two plays of the same scenario, or a play and what must not change it. */

/**
 * Plays a scenario again and compares decisions as they would be written.
 *
 * @returns the first step (counted from 1) that differs, with both answers; null when none does.
 */
export function firstDifference(
  scenario: Scenario,
  decisions: readonly (readonly Decision[])[],
  scheduler: Scheduler,
): { step: number; was: string; is: string } | null {
  scheduler.reset(scenario.config);
  scheduler.announce?.(scenario.stimuli);
  for (let index = 0; index < scenario.stimuli.length; index++) {
    const was = JSON.stringify(decisions[index]);
    const is = writtenAnswer(scheduler, scenario.stimuli[index]!);
    if (was !== is) return { step: index + 1, was, is };
  }
  return null;
}

/** What a scheduler decides in a scenario, step by step, as long as it goes well. */
export function decidedBy(scheduler: Scheduler, { config, stimuli }: Scenario): Decision[][] {
  const decided: Decision[][] = [];
  try {
    scheduler.reset(config);
    scheduler.announce?.(stimuli);
    for (const { at, stimulus } of stimuli) decided.push(structuredClone(scheduler.step(at, stimulus)));
  } catch (error) {
    if (!(error instanceof BrokenScheduler || error instanceof InputError)) throw error;
  }
  return decided;
}

/** Judges a trace again with every page-out and page-in of 2 MB or more in two parts; what is refused, or null. */
export function judgeInParts(
  scenario: Scenario,
  decisions: readonly (readonly Decision[])[],
  tally: Tally,
): Violation | null {
  const judge = new Judge(scenario.config, tally);
  for (let index = 0; index < scenario.stimuli.length; index++) {
    const { at, stimulus } = scenario.stimuli[index]!;
    const violation = judge.step(at, stimulus, decisions[index]!.flatMap(inTwoParts));
    if (violation !== null) return violation;
  }
  return null;
}

/** Whether memory moves that can be split. */
export function movesMuch(decision: Decision): boolean {
  return (decision.type === 'pageOut' || decision.type === 'pageIn') && decision.memory >= 2;
}

/** A page-out or page-in of 2 MB or more in two parts; everything else as it is. */
export function inTwoParts(decision: Decision): Decision[] {
  if (!movesMuch(decision)) return [decision];
  const { memory } = decision as Extract<Decision, { memory: number }>;
  return [{ ...decision, memory: 1 } as Decision, { ...decision, memory: memory - 1 } as Decision];
}
