import assert from 'node:assert/strict';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Configuration } from '../../model/configuration.ts';
import { sampleDistinct } from '../random.ts';
import { createContext } from './context.ts';
import { clear, join, leave, refresh } from './idle-list.ts';
import { dequeue, enqueue, peek } from './multi-queue.ts';
import { referencePager } from './pager.ts';
import { referencePolicies } from './policies.ts';
import { addOnce, discard } from './sorted.ts';
import { createState, NONE, type XXState } from './state.ts';

const MACHINES = 12;
const config: Configuration = {
  classes: [
    { name: 'low', price: 1 },
    { name: 'high', price: 3 },
  ],
  memoryPrice: 0,
  machines: Array.from({ length: MACHINES }, () => ({ cores: 1, ram: 8, swap: 8 })),
  shards: 2,
  kMachines: 2,
  kShards: 2,
  initialMemory: 1,
  idle: { enter: 4, leave: 2, memoryDrift: 1, functionsDrift: 1 },
  maxAttempts: 3,
  seed: 1,
  tenants: [{ budget: null }],
};

const figures = fc.record({ machine: fc.nat(MACHINES - 1), available: fc.nat(4), functions: fc.nat(4) });
const listCommands = fc.array(
  fc.record({ kind: fc.constantFrom('join', 'refresh', 'leave', 'clear'), shard: fc.nat(1), figures }),
  { maxLength: 80, size: 'max' },
);

function checkHeap(state: XXState): void {
  for (const [shard, { idle }] of state.shards.entries()) {
    const sorted = idle.map((machine) => state.entries[machine]!);
    sorted.sort((a, b) => a.functions - b.functions || b.available - a.available || a.machine - b.machine);
    assert.equal(idle[0], sorted[0]?.machine);
    for (const [position, machine] of idle.entries()) {
      const entry = state.entries[machine]!;
      assert(entry.machine === machine && entry.position === position);
      assert.equal(state.machines[machine]!.listedOn, shard);
      const parent = state.entries[idle[(position - 1) >> 1] ?? machine]!;
      assert(!referencePolicies.listedBefore(entry, parent));
    }
  }
  for (const [machine, { listedOn }] of state.machines.entries()) {
    if (listedOn !== NONE) assert(state.shards[listedOn]!.idle.includes(machine));
  }
}

describe('an idle list', () => {
  test.prop([listCommands])('has its best machine on top, whatever joins, changes and leaves', (commands) => {
    const xx = createContext(config, referencePolicies, sampleDistinct, referencePager);
    const state = createState(config);
    for (const { kind, shard, figures } of commands) {
      const { machine, available, functions } = figures;
      const isListed = state.machines[machine]!.listedOn !== NONE;
      if (kind === 'clear') clear(state, state.shards[shard]!);
      else if (kind === 'join' && !isListed) join(xx, state, shard, machine, available, functions);
      else if (kind === 'refresh' && isListed) refresh(xx, state, machine, available, functions);
      else if (kind === 'leave' && isListed) leave(xx, state, machine);
      checkHeap(state);
    }
  });
});

describe('a multi-queue', () => {
  const queueCommands = fc.array(fc.constantFrom('low', 'high', 'take', 'take'), {
    maxLength: 400,
    size: 'max',
  });

  test.prop([queueCommands])(
    'keeps the order of each class, and no memory of those that left',
    (commands) => {
      const xx = createContext(config, referencePolicies, sampleDistinct, referencePager);
      const state = createState(config);
      const shard = state.shards[0]!;
      const expected: number[][] = [[], []];
      for (const [slot, command] of commands.entries()) {
        state.now = slot;
        // Only the time enqueued matters to the queue.
        state.invocations[slot] = { enqueuedAt: slot } as XXState['invocations'][number];
        if (command !== 'take') {
          const classIndex = command === 'high' ? 1 : 0;
          enqueue(shard, classIndex, slot);
          expected[classIndex]!.push(slot);
          continue;
        }
        const [low, high] = expected.map((queue) => queue[0]);
        const lowTurn = low === undefined ? NONE : slot - low;
        const highTurn = high === undefined ? NONE : 3 * (slot - high);
        const classIndex = highTurn >= lowTurn ? 1 : 0;
        assert.equal(peek(xx, state, shard), expected[classIndex]![0] ?? NONE);
        if (expected[classIndex]!.length === 0) continue;
        expected[classIndex]!.shift();
        dequeue(shard, classIndex);
      }
      for (const [classIndex, queue] of shard.queues.entries()) {
        expect(queue.slots.slice(queue.head)).toEqual(expected[classIndex]);
        expect(queue.slots.length).toBeLessThanOrEqual(2 * expected[classIndex]!.length + 32);
      }
    },
  );
});

describe('an ascending array', () => {
  const moves = fc.array(fc.tuple(fc.boolean(), fc.nat(20)));

  test.prop([moves])('is what a sorted set is', (steps) => {
    const values: number[] = [];
    const set = new Set<number>();
    for (const [adds, value] of steps) {
      if (adds) addOnce(values, value);
      else discard(values, value);
      if (adds) set.add(value);
      else set.delete(value);
      assert.deepEqual(
        values,
        [...set].sort((a, b) => a - b),
      );
    }
  });
});
