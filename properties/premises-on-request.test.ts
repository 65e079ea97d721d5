import { describe, expect, test } from 'vitest';
import {
  cluster,
  HIGH,
  LOW,
  later,
  pageOut,
  polls,
  preempt,
  resize,
  type Story,
  start,
  tick,
  timeout,
  turn,
} from '../model/testing.ts';
import { ON_REQUEST } from './on-request/catalogue.ts';
import {
  both,
  fills,
  nextIsQueued,
  overfills,
  type Pair,
  placesAndStarts,
  placesTheFirst,
  placesTheSecond,
  queued,
  runs,
  twoQueued,
  verdictOn,
} from './testing/told.ts';
import { PREMISES_OF_ORDERS } from './testing/told-of-orders.ts';
import { PREMISES_OF_PEERS } from './testing/told-of-peers.ts';

/** The same, where clients may give up. */
const impatient = (lines: Story['lines']): Story => ({ config: cluster({ words: ['timeouts'] }), lines });

const pairs: readonly Pair[] = [
  {
    id: 'no-crowding-on-a-machine',
    since: 'one that waits would fit beside its own class',
    meets: [nextIsQueued(runs, 2, LOW), [0, turn(), polls(2, 0)]],
    misses: [later(nextIsQueued(runs, 2, LOW), [0, resize(1, 10)]), [0, turn(), polls(2, 0), pageOut(2, 1)]],
    alone: true,
  },
  {
    id: 'no-crowding-across-machines',
    since: 'time passes',
    meets: [both, [1, tick]],
    misses: [both, [0, tick]],
    alone: true,
  },
  {
    id: 'no-crowding-across-machines',
    since: 'one that waits would fit beside its own class',
    meets: [both, [1, tick]],
    misses: [
      later(nextIsQueued(runs, 2, LOW), [0, resize(1, 10)], [0, turn(), polls(2, 0), pageOut(2, 1)]),
      [1, tick],
    ],
    alone: true,
  },
  {
    id: 'no-crowding',
    since: 'time passes',
    meets: [both, [1, tick]],
    misses: [both, [0, tick]],
    alone: true,
  },
  {
    id: 'no-crowding',
    since: 'its turn went to a lower class',
    meets: [later(twoQueued([0, LOW], [8, HIGH]), placesTheFirst), [10, tick]],
    misses: [later(twoQueued([0, LOW], [6, HIGH]), placesTheSecond), [10, tick]],
    alone: true,
    breaks: true,
  },
  {
    id: 'bounded-preemption',
    since: 'one is preempted',
    meets: [nextIsQueued(runs, 2, HIGH), [0, turn(), polls(2, 0), preempt(1), start(2)]],
    misses: [nextIsQueued(runs, 2, LOW), [0, turn(), polls(2, 0)]],
    alone: true,
  },
  {
    id: 'bounded-preemption',
    since: 'one loses RAM',
    meets: [both, overfills],
    misses: [both, fills],
    alone: true,
  },
  {
    id: 'places-nobody-in-vain',
    since: 'the one whose client gives up is queued',
    meets: [impatient(queued.lines), [0, timeout(1)]],
    misses: [impatient(runs.lines), [0, timeout(1)]],
    alone: true,
  },
  {
    id: 'places-nobody-in-vain',
    since: 'it is the client of the one placed who has given up',
    meets: [later(impatient(queued.lines), [0, timeout(1)]), placesAndStarts],
    misses: [later(nextIsQueued(impatient(queued.lines), 2, LOW), [0, timeout(2)]), placesAndStarts],
    alone: true,
    breaks: true,
  },
  ...PREMISES_OF_PEERS,
  ...PREMISES_OF_ORDERS,
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
