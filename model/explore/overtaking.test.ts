import { describe, expect, test } from 'vitest';
import { emptyTally } from '../coverage.ts';
import type { Snapshot } from '../snapshot.ts';
import { STAGE } from '../snapshot.ts';
import type { Expander } from './expander.ts';
import { QUOTED_INSTANCE } from './instance.ts';
import { countOvertaking, type Overtaking } from './overtaking.ts';
import { Packing } from './packing.ts';
import { Visited } from './visited.ts';

const packing = new Packing({ ...QUOTED_INSTANCE, shards: 2 });
const PRICES = QUOTED_INSTANCE.prices;

/** Who waits, by id: a class and an age, at a shard; null for one that has been placed, or that it runs. */
type Waiting = readonly ({ class: number; ageMs: number; shard?: number } | null | 'running')[];

function snapshotOf(waiting: Waiting): Snapshot {
  const snapshot = packing.blank();
  for (const [id, waits] of waiting.entries()) {
    const invocation = snapshot.invocations[id]!;
    if (waits === null || waits === 'running') {
      invocation.stage = waits === null ? STAGE.ready : STAGE.running;
      invocation.machine = 0;
    } else {
      Object.assign(invocation, waits, { stage: STAGE.queued });
    }
  }
  return snapshot;
}

/** Counts over a graph made by hand: its states, and the numbers of those that each leads to. */
function countIn(states: readonly Waiting[], leadsTo: readonly (readonly number[])[]): Overtaking {
  const visited = new Visited(packing.words);
  const words = new Int32Array(packing.words);
  for (const waiting of states) {
    packing.pack(snapshotOf(waiting), words, 0);
    visited.add(words, 0, -1, 0);
  }
  const starts = new Int32Array(states.length + 1);
  for (const [state, targets] of leadsTo.entries()) starts[state + 1] = starts[state]! + targets.length;
  const edges = { targets: Int32Array.from(leadsTo.flat()), starts };
  const expander = { packing, tally: emptyTally() } as Expander;
  return countOvertaking(expander, { visited, edges }, PRICES);
}

const LOW = { class: 0, ageMs: 2 };

describe('whoever waits', () => {
  test('is overtaken within the bound by one of price 4 that came 1 ms after it and is placed when it has waited for 2', () => {
    const states = [
      [LOW, { class: 1, ageMs: 1 }],
      [LOW, null],
    ];
    expect(countIn(states, [[1], []])).toEqual({ most: 1, latestMs: 1, beyondBound: 0, witness: null });
  });

  test('is overtaken beyond the bound by one that came 2 ms after it', () => {
    const states = [
      [LOW, { class: 1, ageMs: 0 }],
      [LOW, null],
    ];
    expect(countIn(states, [[1], []])).toEqual({ most: 1, latestMs: 2, beyondBound: 1, witness: 0 });
  });

  test('is overtaken beyond the bound by any later one that is as cheap', () => {
    const states = [
      [LOW, { class: 0, ageMs: 1 }],
      [LOW, null],
    ];
    expect(countIn(states, [[1], []])).toMatchObject({ beyondBound: 1 });
  });

  test.each<[why: string, other: Waiting[number]]>([
    ['came before it', { class: 1, ageMs: 2 }],
    ['waits at another shard', { class: 1, ageMs: 0, shard: 1 }],
  ])('is not overtaken by one that %s', (_why, other) => {
    const states = [
      [{ class: 0, ageMs: 1 }, other],
      [{ class: 0, ageMs: 1 }, null],
    ];
    expect(countIn(states, [[1], []])).toMatchObject({ most: 0, beyondBound: 0 });
  });

  test('has a counter that goes along its path, and where paths meet the greater goes on, also backwards', () => {
    const both = { class: 1, ageMs: 1 };
    const states: Waiting[] = [
      [LOW, null, null],
      [LOW, both, both],
      [LOW, null, both],
      [LOW, both, null],
    ];
    // Two ways from the state 1, by 2 and by 3, lead to the state 0, of the lowest number.
    expect(countIn(states, [[], [2, 3], [0], [0]])).toMatchObject({ most: 2, latestMs: 1 });
  });

  test('is counted to an end also where states lead back to themselves', () => {
    const states: Waiting[] = [
      [LOW, { class: 1, ageMs: 1 }],
      [LOW, null],
      [LOW, 'running'],
    ];
    expect(countIn(states, [[1], [2], [1]])).toMatchObject({ most: 1 });
  });

  test('is not counted forever where a graph places somebody again and again', () => {
    const states = [
      [LOW, { class: 1, ageMs: 1 }],
      [LOW, null],
    ];
    expect(() => countIn(states, [[1], [0]])).toThrow(
      'invocation 0 is overtaken more than 65535 times: a cycle of the graph places somebody, again and again',
    );
  });

  test('is overtaken by nobody once it is placed itself', () => {
    const both = { class: 1, ageMs: 1 };
    const states: Waiting[] = [
      [LOW, both, both],
      [null, both, both],
      [null, null, both],
    ];
    expect(countIn(states, [[1], [2], []])).toMatchObject({ most: 0 });
  });
});
