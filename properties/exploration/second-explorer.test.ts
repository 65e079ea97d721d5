import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { canonicalState } from '../../model/explore/canonical.ts';
import { type BoundedInstance, machinesIn, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { search } from '../../model/explore/search.ts';
import { exploreAgain } from '../testing/second-explorer/explore.ts';
import { createExpander } from './expanders.ts';

const SMALL: BoundedInstance = { ...QUOTED_INSTANCE, invocations: 2, machines: 1 };
const budget = { amount: 6, period: 4, burstPercent: 50 };

/** States and edges of the first explorer in the lines of the second. */
async function explored(instance: BoundedInstance) {
  const expander = createExpander({ instance, scheduler: 'xx', properties: [] });
  const { visited, depth, counterexample, steps } = await search(expander, { goOn: async () => true });
  const snapshot = expander.packing.blank();
  const lineAt = (words: Int32Array, offset: number): string => {
    expander.packing.unpack(words, offset, snapshot);
    return JSON.stringify(canonicalState(instance, snapshot));
  };
  const states = new Set<string>();
  const edges = new Set<string>();
  for (let state = 0; state < visited.size; state++) {
    const [words, offset] = [visited.blockOf(state), visited.offsetOf(state)];
    const from = lineAt(words, offset);
    states.add(from);
    expander.expand(words, offset, ({ stimulus }, next) => {
      edges.add(`${from} ${JSON.stringify(stimulus)} ${lineAt(next, 0)}`);
      return true;
    });
  }
  return { states, edges, depth, counterexample, steps };
}

/** Polls see everything. */
async function expectSame(bounds: Partial<BoundedInstance>): Promise<number> {
  const asked = { ...SMALL, ...bounds };
  const instance = { ...asked, kMachines: machinesIn(asked), kShards: asked.shards };
  const [first, second] = [await explored(instance), exploreAgain(instance)];
  expect(first.counterexample).toBeNull();
  expect([...first.states].filter((line) => !second.states.has(line)).slice(0, 2)).toEqual([]);
  expect([...second.edges].filter((line) => !first.edges.has(line)).slice(0, 2)).toEqual([]);
  expect(first.states.size).toBe(second.states.size);
  expect(first.edges).toEqual(second.edges);
  expect(first.depth).toBe(second.depth);
  // Boot is a step of its own.
  expect(first.steps).toBe(first.edges.size + 1);
  return first.states.size;
}

describe('an explorer that was written from the specification alone', () => {
  test.each<[string, Partial<BoundedInstance>]>([
    ['what is asked by default, with two machines', { machines: 2 }],
    ['crashes', { crashes: 1, maxAttempts: 2 }],
    [
      'crashes, with two shards to return to',
      { crashes: 1, maxAttempts: 2, shards: 2, maxAge: 0, maxDemand: 1 },
    ],
    ['crashes and joins', { crashes: 2, joins: 1, maxAttempts: 2 }],
    ['drains and joins', { drains: 1, joins: 1 }],
    ['crashes of a machine that is drained', { crashes: 1, drains: 1, maxAttempts: 2 }],
    ['restarts of one of two shards', { restarts: 1, shards: 2, invocations: 1, machines: 2 }],
    ['antagonists', { antagonists: [0, 1, 3] }],
    ['shrinking', { shrink: true, invocations: 3, maxAge: 0, calls: false }],
    ['a budget', { budget }],
    ['a budget, the price of memory, and bills', { budget, memoryPrice: 1, maxMetered: 3 }],
    ['bills and crashes', { maxMetered: 3, crashes: 1, maxAttempts: 2, maxAge: 1 }],
    [
      'all of it',
      {
        budget,
        crashes: 1,
        maxAttempts: 2,
        drains: 1,
        joins: 1,
        restarts: 1,
        antagonists: [0, 2],
        shrink: true,
        invocations: 1,
      },
    ],
  ])('finds the same states and edges with %s', async (_, instance) => {
    await expectSame(instance);
  });

  const few = fc.nat(1);
  property.prop(
    [
      fc.record({
        invocations: fc.integer({ min: 1, max: 2 }),
        ...{ machines: fc.integer({ min: 1, max: 2 }), cores: fc.integer({ min: 1, max: 2 }) },
        ...{
          ram: fc.integer({ min: 1, max: 3 }),
          swap: fc.nat(2),
          maxDemand: fc.integer({ min: 1, max: 3 }),
        },
        ...{
          maxAge: few,
          calls: fc.boolean(),
          shrink: fc.boolean(),
          initialMemory: fc.integer({ min: 1, max: 2 }),
        },
        ...{ enter: fc.integer({ min: 1, max: 2 }), leave: few, memoryDrift: fc.integer({ min: 1, max: 2 }) },
        functionsDrift: fc.integer({ min: 1, max: 2 }),
        ...{ crashes: few, drains: few, joins: few, restarts: few },
        maxAttempts: fc.integer({ min: 1, max: 2 }),
      }),
    ],
    { numRuns: 6 },
  )('finds the same states and edges in random small instances', async (instance) => {
    await expectSame(instance);
  });
});
