import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import type { Tally } from '../../model/coverage.ts';
import { headOf } from '../../model/fifo.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { Model } from '../../model/model.ts';
import { someImpossibleStimuli } from './impossible.ts';

/**
 * Plays a trace that was accepted through the model again, and before each decision asks about decisions that are nearly
 * the same. This is how guards get to say no: in an accepted trace each says yes. Only the tally remembers it.
 */
export function askNearMisses(
  scenario: Scenario,
  decisions: readonly (readonly Decision[])[],
  tally: Tally,
): void {
  const { outcomes } = tally;
  const scratch = { ...tally, transitions: tally.transitions.slice(), pairs: tally.pairs.slice(), outcomes };
  const model = new Model(scenario.config, scratch);
  for (let index = 0; index < scenario.stimuli.length; index++) {
    const { at, stimulus } = scenario.stimuli[index]!;
    model.stimulate(at, stimulus);
    for (const decision of decisions[index]!) {
      for (const nearMiss of nearMissesOf(decision, model)) model.examine(nearMiss);
      model.examine(decision);
      model.apply(decision);
    }
    // At the end of a step nothing more is permitted.
    for (const extra of idleDecisions(model)) model.examine(extra);
  }
  for (const { at, stimulus } of someImpossibleStimuli(model.state)) mustRefuse(model, at, stimulus);
}

function mustRefuse(model: Model, at: number, stimulus: Stimulus): void {
  try {
    model.stimulate(at, stimulus);
  } catch (error) {
    if (error instanceof ImpossibleStimulus) return;
    throw error;
  }
  throw new Error(`the model takes the impossible ${JSON.stringify(stimulus)}`);
}

function* nearMissesOf(decision: Decision, { state }: Model): Generator<Decision> {
  switch (decision.type) {
    case 'enqueue':
      yield { ...decision, degraded: !decision.degraded };
      yield { type: 'kill', id: decision.id, reason: 'attempts', bill: { cpuMs: 0, mbMs: 0, cost: 0 } };
      return;
    case 'place': {
      for (const queue of state.shards[decision.shard]!.queues) {
        const head = headOf(queue);
        if (head !== undefined && head.id !== decision.id) yield { ...decision, id: head.id };
      }
      for (const other of state.machines) yield { ...decision, machine: other.id };
      return;
    }
    case 'pageOut':
    case 'pageIn':
      yield { ...decision, memory: decision.memory + 1 };
      return;
    case 'kill':
    case 'complete':
      yield { ...decision, bill: { ...decision.bill, cost: decision.bill.cost + 1 } };
      return;
    case 'wake':
      yield { ...decision, outcome: decision.outcome === 'ok' ? 'failed' : 'ok' };
      return;
    case 'list':
    case 'relist':
      yield { ...decision, available: decision.available + 1 };
      return;
    default:
  }
}

function* idleDecisions({ state }: Model): Generator<Decision> {
  for (const machine of state.due.touched) {
    for (const { id, fresh } of machine.live) {
      if (fresh > 0) yield { type: 'allocate', id, memory: 1 };
      yield { type: 'start', id };
      yield { type: 'preempt', id };
      yield { type: 'pageOut', id, memory: 1 };
      yield { type: 'pageIn', id, memory: 1 };
      yield { type: 'kill', id, reason: 'memory', bill: { cpuMs: 0, mbMs: 0, cost: 0 } };
    }
    yield { type: 'unlist', machine: machine.id, shard: machine.entry?.shard ?? 0 };
  }
}
