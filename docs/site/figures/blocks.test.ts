import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksOf, isTable } from './blocks.ts';

const words = fc.array(fc.stringMatching(/^[a-z0-9:]{1,6}$/), { minLength: 1 });

test('the numbers of a simulation come apart into prose and tables, and nothing is lost', () => {
  const prose = words.map((all) => ({ text: all.join(' '), table: false }));
  const table = fc
    .array(fc.tuple(fc.stringMatching(/^[a-z]{1,6}$/), fc.nat()), { minLength: 1 })
    .map((rows) => ({ text: rows.map(([name, value]) => `${name}  ${value}`).join('\n'), table: true }));
  fc.assert(
    fc.property(fc.array(fc.oneof(prose, table)), (all) => {
      const blocks = blocksOf(`\n${all.map(({ text }) => text).join('\n\n')}\n`);
      expect(blocks).toEqual(all.map(({ text }) => text));
      expect(blocks.map(isTable)).toEqual(all.map((block) => block.table));
    }),
  );
});

test('a table whose lines begin with a space keeps it', () => {
  const [prose, table] = blocksOf('How long\nthey waited.\n\n scheduler  p50\n xx          1x\n');
  expect(prose).toBe('How long\nthey waited.');
  expect(table).toBe(' scheduler  p50\n xx          1x');
  expect(isTable(' 429 counts those')).toBe(true);
});
