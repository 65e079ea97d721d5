import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test, vi } from 'vitest';
import { blockOf, Column, lengthOf, startOf } from './blocks.ts';
import { ReachedStates } from './reached-states.ts';
import { edgesOf } from './search.ts';
import { Visited } from './visited.ts';

describe('blocks', () => {
  test('follow each other without a gap, each as long as all before it', () => {
    for (let block = 0; block < 19; block++) {
      expect(startOf(block + 1)).toBe(startOf(block) + lengthOf(block));
      expect([startOf(block), startOf(block + 1) - 1].map(blockOf)).toEqual([block, block]);
      if (block > 0) expect(lengthOf(block)).toBe(startOf(block));
    }
  });

  property.prop([fc.array(fc.integer({ min: 0, max: 65_535 })), fc.integer({ min: 0, max: 9000 })])(
    'hold a column as an array holds it',
    (numbers, before) => {
      for (const kind of [Int32Array, Uint16Array]) {
        const column = new Column(kind);
        for (let index = 0; index < before; index++) column.push(index);
        for (const number of numbers) column.push(number);
        expect(column.length).toBe(before + numbers.length);
        expect(numbers.map((_, index) => column.at(before + index))).toEqual(numbers);
        expect([...column.parts()].flatMap((part) => [...part]).slice(before)).toEqual(numbers);
      }
    },
  );
});

test('edges end where those of the next state begin, and one that was not expanded has none', () => {
  const [targets, starts] = [new Column(), new Column()];
  for (const target of [1, 2, 0]) targets.push(target);
  for (const start of [0, 2]) starts.push(start);
  const edges = edgesOf({ targets, starts }, 3);
  expect([0, 1, 2, 3].map((state) => edges.starts.at(state))).toEqual([0, 2, 3, 3]);
  expect(edges.starts.length).toBe(4);
});

/** Two words, different for each number. */
const wordsOf = (number: number) => Int32Array.of(Math.imul(number, 0x9e3779b1), number);

describe('states that were reached', () => {
  property.prop([fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 20_000 })], { numRuns: 10 })(
    'are found under their numbers, and none that was not',
    (reached, others) => {
      const visited = new Visited(2);
      for (let number = 0; number < reached; number++) visited.add(wordsOf(number), 0, -1, 0);
      for (let number = 0; number < reached + others; number++) {
        const found = visited.find(wordsOf(number), 0);
        if (found !== (number < reached ? number : -1)) expect.fail(`state ${number} is found as ${found}`);
      }
    },
  );

  test('are copied also where they lie in several blocks', () => {
    const visited = new Visited(2);
    for (let number = 0; number < 20_000; number++) visited.add(wordsOf(number), 0, number - 1, number % 7);
    const copied = visited.copy(4000, 17_000);
    expect(copied.length).toBe(26_000);
    for (let index = 0; index < 13_000; index++) {
      if (copied[2 * index + 1] !== 4000 + index) expect.fail(`the copy has another state at ${index}`);
    }
    expect([visited.parentOf(9000), visited.ordinalOf(9000)]).toEqual([8999, 9000 % 7]);
  });

  test('are read alike by who is given their blocks, and none of them is a copy', () => {
    const visited = new Visited(2);
    for (let number = 0; number < 9_000; number++) visited.add(wordsOf(number), 0, number - 1, number % 7);
    const { shared } = visited;
    const given = ReachedStates.of(shared);
    expect(given.copy(0, given.size)).toEqual(visited.copy(0, 9_000));
    for (const state of [0, 4_321, 8_999]) {
      expect([given.parentOf(state), given.ordinalOf(state)]).toEqual([state - 1, state % 7]);
    }
    for (const { buffer } of [...shared.blocks, ...shared.parents.blocks, ...shared.ordinals.blocks]) {
      expect(buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });

  test('are kept also where no memory is shared, as in a page', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    try {
      const visited = new Visited(2);
      for (let number = 0; number < 5_000; number++) visited.add(wordsOf(number), 0, -1, 0);
      expect(visited.find(wordsOf(4_999), 0)).toBe(4_999);
      expect(visited.shared.blocks[0]!.buffer).toBeInstanceOf(ArrayBuffer);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test('say how much memory they may need, and never less than they then take', () => {
    const visited = new Visited(2);
    let foreseen = 0;
    for (let number = 0; number < 30_000; number++) {
      if (number % 1000 === 0) {
        if (number > 0) expect(visited.bytes).toBeLessThanOrEqual(foreseen);
        foreseen = visited.bytes + visited.bytesFor(1000);
      }
      visited.add(wordsOf(number), 0, -1, 0);
    }
  });
});
