import { describe, expect, test } from 'vitest';
import { LOW, later, pageOut, polls, resize, turn } from '../model/testing.ts';
import { ON_REQUEST } from './on-request/catalogue.ts';
import { nextIsQueued, type Pair, runs, verdictOn } from './testing/told.ts';

const pairs: readonly Pair[] = [
  {
    id: 'no-crowding-on-a-machine',
    since: 'one that waits would fit beside its own class',
    meets: [nextIsQueued(runs, 2, LOW), [0, turn(), polls(2, 0)]],
    misses: [later(nextIsQueued(runs, 2, LOW), [0, resize(1, 10)]), [0, turn(), polls(2, 0), pageOut(2, 1)]],
    alone: true,
  },
];

describe('a premise', () => {
  test.each(pairs)('of $id is met since $since, and else is not', (pair) => {
    expect(verdictOn(pair, pair.meets)).toEqual({ times: 1, broken: pair.breaks ? pair.id : null });
    expect(verdictOn(pair, pair.misses)).toEqual({ times: 0, broken: null });
  });

  test('is tried for everything that is judged on request', () => {
    const tried = [...new Set(pairs.map(({ id }) => id))];
    expect(tried.toSorted()).toEqual(ON_REQUEST.map(({ id }) => id).toSorted());
  });
});
