import { expect, test } from 'vitest';
import { AMBIGUOUS, MASKS } from './masks.ts';
import { readLogsRecord } from './record.ts';

const { masks, nodes } = readLogsRecord();

test('what is recorded is about the masks that there are (otherwise: npm run logs)', () => {
  const recorded = masks.rows.map(({ mask, unobserved }) => ({ name: mask, unobserved }));
  expect(recorded).toEqual([...MASKS, AMBIGUOUS]);
});

test('every log of the reference was accepted, and four out of five wrong schedulers that show were refused', () => {
  for (const { mask, accepted, shown, refused } of masks.rows) {
    if (mask !== AMBIGUOUS.name) expect({ mask, accepted }).toEqual({ mask, accepted: masks.traces });
    expect(refused / shown, mask).toBeGreaterThanOrEqual(0.8);
    expect(shown, mask).toBeGreaterThan(50);
  }
});

test('no log of nodes of the reference was refused, and none with a fault accepted', () => {
  expect(nodes.accepted + nodes.undecided).toBe(nodes.traces);
  for (const { fault, planted, refused, undecided } of nodes.faults) {
    expect({ fault, accepted: planted - refused - undecided }).toEqual({ fault, accepted: 0 });
  }
});
