import { expect, test } from 'vitest';
import { Judge } from '../judge.ts';
import { UNSEEN_SHARD, UnseenLists } from './unseen-lists.ts';

function cluster(shards: number) {
  const { state } = new Judge({
    classes: [{ name: 'only', price: 1 }],
    memoryPrice: 0,
    machines: [{ cores: 1, ram: 10, swap: 0 }],
    ...{ shards, kMachines: 1, kShards: 1, initialMemory: 1, maxAttempts: 1, seed: 1 },
    idle: { enter: 1, leave: 1, memoryDrift: 1, functionsDrift: 1 },
    tenants: [{ budget: null }],
  });
  const lists = new UnseenLists(shards);
  const machine = state.machines[0]!;
  lists.join(state, machine, { available: 10, functions: 0 });
  return { state, lists, machine };
}

test('a machine may be on any list until one is excluded, and is entered at the last that is left', () => {
  const { state, lists, machine } = cluster(3);
  expect([0, 1, 2].map((shard) => lists.mayBe(machine, shard))).toEqual([true, true, true]);
  expect(machine.entry!.shard).toBe(UNSEEN_SHARD);
  lists.exclude(state, machine, 1);
  expect([0, 1, 2].map((shard) => lists.mayBe(machine, shard))).toEqual([true, false, true]);
  const copy = lists.copy();
  lists.exclude(state, machine, 0);
  expect(lists.has(machine)).toBe(false);
  expect(machine.entry).toEqual({ shard: 2, available: 10, functions: 0 });
  expect(state.shards[2]!.listed).toEqual(new Set([machine]));
  expect(copy.mayBe(machine, 0)).toBe(true);
  expect(copy.key()).not.toBe(lists.key());
});

test('where there is one list only, nothing is unknown', () => {
  const { lists, machine } = cluster(1);
  expect(lists.has(machine)).toBe(false);
  expect(machine.entry!.shard).toBe(0);
});
