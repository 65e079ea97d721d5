import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Life } from './life.ts';
import { LiveTable } from './live-table.ts';

const item = { arriveMs: 0, function: 'f', tenant: 0, class: 0, runMs: 1, finalMemoryMb: 1, growthSteps: 0 };

test.prop([
  fc.array(fc.oneof(fc.record({ add: fc.nat({ max: 400 }) }), fc.record({ remove: fc.nat() })), {
    maxLength: 400,
  }),
  fc.constantFrom(1, 64, 1000, 2 ** 31),
  fc.nat({ max: 300 }),
])(
  'finds exactly those that are alive, each in a slot of its own, whatever their ids',
  (actions, apart, many) => {
    const table = new LiveTable();
    const expected = new Map<number, Life>();
    for (let id = 0; id < many * apart; id += apart) expected.set(id, table.add(id, item, 0, 1, false));
    for (const action of actions) {
      if ('add' in action) {
        const id = action.add * apart;
        if (expected.has(id)) continue;
        expected.set(id, table.add(id, item, 0, 1, false));
      } else if (expected.size > 0) {
        const life = [...expected.values()][action.remove % expected.size]!;
        const { id } = life;
        table.remove(life);
        expected.delete(id);
        expect(table.find(id)).toBeUndefined();
      }
    }
    for (const [id, life] of expected) expect(table.find(id)).toBe(life);
    const lives = [...expected.values()].sort((a, b) => a.id - b.id);
    expect(table.all()).toEqual(lives);
    expect(new Set(lives.map(({ slot }) => slot)).size).toBe(lives.length);
    expect(table.slots.length).toBeLessThanOrEqual(401);
  },
);
