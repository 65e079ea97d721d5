import { isDeepStrictEqual } from 'node:util';
import type { Decision, Step } from '../../model/alphabet.ts';
import type { State } from '../../model/state.ts';
import { AVAILABILITY } from '../../model/table.ts';
import { eachId } from '../../model/used-ids.ts';

/** Faults planted in steps that are right: what a judge must refuse, or say why it need not. */

/** A step with something wrong in it, and what that is. */
export interface Plant {
  readonly kind: string;
  /** The first decision that is not what it was; the number of decisions, if the last is missing. */
  readonly index: number;
  readonly decisions: readonly Decision[];
}

/** Every plant of a step: each decision dropped, doubled, swapped with the next, split, moved and altered. */
export function* plantsIn(state: State, { decisions }: Step): Generator<Plant> {
  for (const [index, decision] of decisions.entries()) {
    const { type } = decision;
    const replaced = (...by: readonly Decision[]): Decision[] => decisions.toSpliced(index, 1, ...by);
    yield { kind: `${type} dropped`, index, decisions: replaced() };
    yield { kind: `${type} doubled`, index: index + 1, decisions: replaced(decision, decision) };
    const next = decisions[index + 1];
    if (next !== undefined && !isDeepStrictEqual(next, decision)) {
      yield { kind: 'swapped', index, decisions: decisions.toSpliced(index, 2, next, decision) };
    }
    if ('memory' in decision && decision.memory > 1) {
      const [one, rest] = [1, decision.memory - 1].map((memory) => ({ ...decision, memory }));
      yield { kind: 'split', index, decisions: replaced(one!, rest!) };
    }
    for (const [what, altered] of alterations(state, decision)) {
      yield { kind: `${type}: ${what}`, index, decisions: replaced(altered) };
    }
  }
}

/** A decision that names other things, or has other figures. */
export function* alterations(state: State, decision: Decision): Generator<readonly [string, Decision]> {
  if ('id' in decision) {
    for (const id of othersThan(decision.id, [...eachId(state.usedIds)]))
      yield ['other id', { ...decision, id }];
  }
  if ('shard' in decision) {
    for (const shard of othersThan(decision.shard, [...state.shards.keys()])) {
      yield ['other shard', { ...decision, shard }];
    }
  }
  if ('machine' in decision) {
    for (const machine of othersThan(decision.machine, [...state.machines.keys()])) {
      yield ['other machine', { ...decision, machine }];
    }
  }
  if ('memory' in decision) {
    yield ['more memory', { ...decision, memory: decision.memory + 1 }];
    yield ['less memory', { ...decision, memory: decision.memory - 1 }];
  }
  if ('bill' in decision) {
    for (const figure of ['cpuMs', 'mbMs', 'cost'] as const) {
      for (const off of [-1, 1]) {
        yield [
          'other bill',
          { ...decision, bill: { ...decision.bill, [figure]: decision.bill[figure] + off } },
        ];
      }
    }
  }
  if ('available' in decision) {
    for (const off of [-1, 1]) {
      yield ['other figures', { ...decision, available: decision.available + off }];
      yield ['other figures', { ...decision, functions: decision.functions + off }];
    }
  }
  switch (decision.type) {
    case 'enqueue':
      for (const priceClass of othersThan(decision.class, [...state.config.classes.keys()])) {
        yield ['other class', { ...decision, class: priceClass }];
      }
      yield ['other flag', { ...decision, degraded: !decision.degraded }];
      break;
    case 'kill':
      for (const reason of ['memory', 'exceeds-machine', 'attempts'] as const) {
        if (reason !== decision.reason) yield ['other reason', { ...decision, reason }];
      }
      break;
    case 'wake':
      yield ['other outcome', { ...decision, outcome: decision.outcome === 'ok' ? 'failed' : 'ok' }];
      break;
    case 'place': {
      const { type, id, shard, machine } = decision;
      const up = state.byAvailability[AVAILABILITY.up]!.map((one) => one.id);
      if (decision.via === 'poll') {
        yield ['other via', { type, id, shard, machine, via: 'idle-list' }];
        yield* otherPolls(decision, up);
      } else {
        const polled = [machine, ...up.filter((one) => one !== machine)].slice(0, state.config.kMachines);
        yield ['other via', { type, id, shard, machine, via: 'poll', polled }];
      }
      break;
    }
    case 'list':
      yield* otherPolls(decision, [...state.shards.keys()]);
      break;
    default:
  }
}

function* otherPolls<Polling extends Decision & { polled: number[] }>(
  decision: Polling,
  population: readonly number[],
): Generator<readonly [string, Polling]> {
  const { polled } = decision;
  yield ['poll too small', { ...decision, polled: polled.slice(1) }];
  yield ['poll of a stranger', { ...decision, polled: polled.with(0, 999) }];
  if (polled.length > 1) {
    yield ['poll of one twice', { ...decision, polled: polled.with(0, polled[1]!) }];
    yield ['poll in another order', { ...decision, polled: polled.toReversed() }];
  }
  for (const other of population.filter((member) => !polled.includes(member))) {
    yield ['poll too large', { ...decision, polled: [...polled, other] }];
    for (const index of polled.keys())
      yield ['poll of others', { ...decision, polled: polled.with(index, other) }];
  }
}

/** At most two that exist, and one that does not. */
function othersThan(one: number, all: readonly number[]): number[] {
  const others = all.filter((other) => other !== one);
  return [...new Set([others[0], others.at(-1), Math.max(one, ...all) + 1])].filter(
    (other) => other !== undefined,
  );
}
