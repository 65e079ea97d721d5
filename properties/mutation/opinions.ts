import { createHash } from 'node:crypto';
import type { Decision, Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { emptyTally } from '../../model/coverage.ts';
import type { Invocation } from '../../model/entities.ts';
import { Judge } from '../../model/judge.ts';
import type { State } from '../../model/state.ts';
import { alterations } from '../testing/plants.ts';
import { opinionsOfTheImpossible } from './impossible-states.ts';

/**
 * All that a judge has to say on a trace, as a fingerprint: before each decision what it thinks of others that are
 * nearly the same and what the step would owe if it ended there, with every number of its messages; after each step what
 * it would say of states that cannot be; and what it has counted in the end.
 *
 * @throws ImpossibleStimulus when a stimulus is not possible.
 */
export function opinionsOn(config: Configuration, steps: readonly Step[]): string {
  const hash = createHash('sha256');
  const tally = emptyTally();
  const judge = new Judge(config, tally);
  for (const { at, stimulus, decisions } of steps) {
    judge.steps++;
    judge.model.stimulate(at, stimulus);
    for (const decision of decisions) {
      for (const other of nearly(judge.state, decision)) hash.update(JSON.stringify(judge.consider(other)));
      hash.update(JSON.stringify(judge.judgeEnd(stimulus)));
      if (judge.consider(decision) !== null) return finished();
      judge.model.apply(decision);
    }
    hash.update(JSON.stringify(judge.judgeEnd(stimulus)));
    for (const opinion of opinionsOfTheImpossible(judge.state)) hash.update(JSON.stringify(opinion));
  }
  return finished();

  function finished(): string {
    const { transitions, pairs, outcomes, premises } = tally;
    for (const counters of [transitions, pairs, outcomes, premises]) hash.update(counters);
    return hash.digest('base64').slice(0, 12);
  }
}

/** Decisions that name other things, have other figures, or are of another type. */
function* nearly(state: State, decision: Decision): Generator<Decision> {
  for (const [, altered] of alterations(state, decision)) yield altered;
  if ('memory' in decision) yield { ...decision, memory: decision.memory - 0.5 };
  for (const type of TYPES) yield { ...PLAIN, ...decision, type } as Decision;
  for (const invocation of state.byPhase.flat()) yield* aboutAnother(state, invocation);
}

/** What might be decided about anybody who is there. */
function* aboutAnother(state: State, { id, shard, demand, resident }: Invocation): Generator<Decision> {
  const bill = PLAIN.bill;
  yield { type: 'start', id };
  yield { type: 'preempt', id };
  yield { type: 'pageOut', id, memory: resident };
  yield { type: 'pageIn', id, memory: demand - resident };
  yield { type: 'kill', id, reason: 'memory', bill };
  yield { type: 'kill', id, reason: 'attempts', bill };
  for (const { id: machine } of state.machines.slice(0, 2)) {
    yield { type: 'place', id, shard, machine, via: 'idle-list' };
    yield { type: 'place', id, shard, machine, via: 'poll', polled: state.machines.map((each) => each.id) };
  }
}

const TYPES: readonly Decision['type'][] = [
  ...(['enqueue', 'throttle', 'place', 'start', 'preempt', 'pageOut', 'pageIn'] as const),
  ...(['kill', 'complete', 'wake', 'list', 'relist', 'unlist'] as const),
];

/** What a decision of another type lacks. */
const PLAIN = {
  ...{ id: 0, machine: 0, shard: 0, class: 0, degraded: false, via: 'idle-list', polled: [0], memory: 1 },
  ...{ reason: 'memory', bill: { cpuMs: 0, mbMs: 0, cost: 0 }, outcome: 'ok', available: 1, functions: 0 },
};
