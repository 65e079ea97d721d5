import { expect, test } from 'vitest';
import type { Decision } from '../../model/alphabet.ts';
import { objectionToAnswer } from './answer.ts';

const placed = { type: 'place', id: 0, shard: 0, machine: 0, via: 'idle-list' } as const;

test('a placement says how its machine was found, or is no decision that could be judged', () => {
  const elsewhere = [{ ...placed, via: 'telepathy' }] as unknown as Decision[];
  expect(objectionToAnswer(elsewhere, [])).toMatch(/, whose via is neither idle-list nor poll$/);
  expect(objectionToAnswer([placed, { ...placed, via: 'poll', polled: [0] }], [])).toBeNull();
});
