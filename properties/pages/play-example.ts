import type { Decision, Step, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Invocation, Machine } from '../../model/entities.ts';
import { Judge, type Violation } from '../../model/judge.ts';
import { Model } from '../../model/model.ts';
import type { State } from '../../model/state.ts';
import { invocationOf } from '../../model/unended.ts';
import { memoryOf, portrait } from '../../model/words.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { clusterOf, type Example } from './decision-examples.ts';

/** An example, played by the reference and judged. */
export interface Played {
  readonly config: Configuration;
  /** As the reference plays it, from `boot`. */
  readonly steps: readonly Step[];
  readonly accepted: Decision;
  /** What the accepted decision changes, in words: before and after. */
  readonly changes: readonly Change[];
  /** What the judge says of the decisions that the example puts in place of others. */
  readonly refused: readonly Violation[];
  readonly impossible: Violation;
}

export interface Change {
  readonly before: string;
  readonly after: string;
}

/**
 * Plays and judges an example.
 *
 * @throws Error when the example does not show what it is to show: the judge refuses what the reference decides, accepts what
 * is to be refused, or the last step has no decision of the type.
 */
export function played(example: Example): Played {
  const config = clusterOf(example);
  const steps = stepsOf(example, config);
  const { type } = example;
  const violation = verdictOn(config, steps);
  if (violation !== null) throw new Error(`the example of ${type} is not accepted: ${violation.message}`);
  const { decisions } = steps.at(-1)!;
  const index = decisions.findLastIndex((decision) => decision.type === type);
  const accepted = decisions[index];
  if (accepted === undefined) throw new Error(`the example of ${type} has none in its last step`);
  const instead = (decision: Decision, step = steps.length, at = index) =>
    refusalOf(config, steps.slice(0, step), at, decision);
  return {
    config,
    steps,
    accepted,
    changes: changesBy(config, steps, index),
    refused: example.refused.map(({ decision, step }) =>
      instead(decision(accepted), step, step === undefined ? index : 0),
    ),
    impossible: instead(example.impossible(accepted)),
  };
}

function stepsOf({ happens }: Example, config: Configuration): Step[] {
  const stimuli: TimedStimulus[] = [
    { at: 0, stimulus: { type: 'boot' } },
    ...happens.map(([at, stimulus]) => ({ at, stimulus })),
  ];
  const reference = createXX();
  reference.reset(config);
  return stimuli.map(({ at, stimulus }) => ({
    at,
    stimulus,
    decisions: structuredClone(reference.step(at, stimulus)),
  }));
}

function verdictOn(config: Configuration, steps: readonly Step[]): Violation | null {
  const judge = new Judge(config);
  for (const { at, stimulus, decisions } of steps) {
    const violation = judge.step(at, stimulus, decisions);
    if (violation !== null) return violation;
  }
  return null;
}

/** What the judge says of a decision in place of the one that the last of the steps has at this index. */
function refusalOf(
  config: Configuration,
  steps: readonly Step[],
  index: number,
  decision: Decision,
): Violation {
  const last = steps.at(-1)!;
  const decisions = [...last.decisions.slice(0, index), decision];
  const violation = verdictOn(config, [...steps.slice(0, -1), { ...last, decisions }]);
  if (violation === null || violation.decision !== decision) {
    throw new Error(`the example's ${JSON.stringify(decision)} is not refused`);
  }
  return violation;
}

/** A model that has taken the steps, of the last one the decisions before this index. */
export function modelBefore(config: Configuration, steps: readonly Step[], index: number): Model {
  const model = new Model(config);
  for (const step of steps) {
    model.stimulate(step.at, step.stimulus);
    const decisions = step === steps.at(-1) ? step.decisions.slice(0, index) : step.decisions;
    for (const decision of decisions) take(model, decision);
  }
  return model;
}

function take(model: Model, decision: Decision): void {
  model.examine(decision);
  model.apply(decision);
}

/** What the decision of this index in the last step changes. */
function changesBy(config: Configuration, steps: readonly Step[], index: number): Change[] {
  const model = modelBefore(config, steps, index);
  const { state } = model;
  const decision = steps.at(-1)!.decisions[index]!;
  const invocation = 'id' in decision ? invocationOf(state.invocations, decision.id)! : null;
  const machine = 'machine' in decision ? state.machines[decision.machine]! : (invocation?.machine ?? null);
  const before = picture(state, invocation, machine);
  take(model, decision);
  const after = picture(state, invocation, machine);
  return before
    .map((words, part) => ({ before: words, after: after[part]! }))
    .filter((change) => change.before !== change.after);
}

/** What a decision may change of the entities that it concerns. */
function picture(state: State, invocation: Invocation | null, machine: Machine | null): string[] {
  return [
    ...(invocation === null ? [] : [portrait(state, invocation)]),
    ...(machine === null ? [] : [memoryOf(machine), entryOf(machine)]),
  ];
}

function entryOf({ id, entry }: Machine): string {
  if (entry === null) return `machine ${id} on no idle list`;
  const { shard, available, functions } = entry;
  return `machine ${id} on the idle list of shard ${shard} (${available} MB, ${functions} ${functions === 1 ? 'function' : 'functions'})`;
}
