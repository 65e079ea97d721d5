import type { Decision, Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import type { Tally } from '../../model/coverage.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { Judge, type Violation } from '../../model/judge.ts';
import type { State } from '../../model/state.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';

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
  for (let index = 0; index < scenario.stimuli.length; index++) {
    const { at, stimulus } = scenario.stimuli[index]!;
    const again = scheduler.step(at, stimulus);
    const before = decisions[index]!;
    if (again.length === 0 && before.length === 0) continue;
    const was = JSON.stringify(before);
    const is = JSON.stringify(again);
    if (was !== is) return { step: index + 1, was, is };
  }
  return null;
}

/**
 * Judges a trace again with every page-out and page-in of 2 MB or more in two parts.
 *
 * @returns the violation, null when the judge accepts, or `nothing-to-split` when no such memory moves.
 */
export function judgeInParts(
  scenario: Scenario,
  decisions: readonly (readonly Decision[])[],
  tally: Tally,
): Violation | null | 'nothing-to-split' {
  if (!decisions.some((step) => step.some(movesMuch))) return 'nothing-to-split';
  const judge = new Judge(scenario.config, tally);
  for (let index = 0; index < scenario.stimuli.length; index++) {
    const { at, stimulus } = scenario.stimuli[index]!;
    const violation = judge.step(at, stimulus, decisions[index]!.flatMap(inTwoParts));
    if (violation !== null) return violation;
  }
  return null;
}

function movesMuch(decision: Decision): boolean {
  return (decision.type === 'pageOut' || decision.type === 'pageIn') && decision.memory >= 2;
}

function inTwoParts(decision: Decision): Decision[] {
  if (decision.type !== 'pageOut' && decision.type !== 'pageIn') return [decision];
  if (!movesMuch(decision)) return [decision];
  return [
    { ...decision, memory: 1 },
    { ...decision, memory: decision.memory - 1 },
  ];
}

/** Stimuli that are impossible in this state, whatever it is: what a scheduler must refuse without a trace. */
export function impossibleStimuli(state: State): TimedStimulus[] {
  const { now: at, config } = state;
  const used = state.usedIds.values().next().value;
  const impossible: Stimulus[] = [
    { type: 'boot' },
    { type: 'turn', shard: config.shards },
    { type: 'drain', machine: state.machines.length },
    { type: 'join', machine: state.machines.length + 1, cores: 1, ram: 1, swap: 0 },
    { type: 'finish', id: unusedId(state) },
    { type: 'resize', id: unusedId(state), demand: 1 },
    { type: 'submit', id: unusedId(state), tenant: 0, function: 'f', class: config.classes.length, shard: 0 },
  ];
  if (used !== undefined) {
    impossible.push({ type: 'submit', id: used, tenant: 0, function: 'f', class: 0, shard: 0 });
  }
  const timed = impossible.map((stimulus): TimedStimulus => ({ at, stimulus }));
  if (at > 0) timed.push({ at: at - 1, stimulus: { type: 'tick' } });
  return timed;
}

function unusedId(state: State): number {
  let id = 0;
  while (state.usedIds.has(id)) id++;
  return id;
}

/** Offers what is impossible; says which of it was accepted, or null. */
export function acceptsImpossible(scheduler: Scheduler, state: State): TimedStimulus | null {
  for (const timed of impossibleStimuli(state)) {
    try {
      scheduler.step(timed.at, timed.stimulus);
      return timed;
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
    }
  }
  return null;
}
