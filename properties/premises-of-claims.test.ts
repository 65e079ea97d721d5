import { describe, expect, test } from 'vitest';
import {
  allocate,
  antagonist,
  call,
  enqueue,
  HIGH,
  LOW,
  later,
  pageOut,
  polls,
  resize,
  start,
  turn,
} from '../model/testing.ts';
import { propertyOf } from './catalogue.ts';
import { OF_TRACES } from './play/assessor.ts';
import {
  both,
  ends,
  fills,
  givesUp,
  killsForMemory,
  killsTheTooLarge,
  nextIsQueued,
  overfills,
  type Pair,
  placesAndStarts,
  placesTheFirst,
  placesTheSecond,
  queued,
  quiet,
  runs,
  runsInTime,
  swapped,
  swapsOneMore,
  twoQueued,
  verdictOn,
} from './testing/told.ts';
import { threeComes, threeIsQueued, threeRuns, threeWaits, twoInRam } from './testing/told-in-time.ts';

const pairs: readonly Pair[] = [
  {
    id: 'no-priority-inversion',
    since: 'one waits wholly in RAM',
    meets: [nextIsQueued(runs, 2, LOW), [0, turn(), polls(2, 0)]],
    misses: [later(nextIsQueued(runs, 2, LOW), [0, resize(1, 10)]), [0, turn(), polls(2, 0), pageOut(2, 1)]],
  },
  {
    id: 'no-priority-inversion',
    since: 'one waits, not blocked',
    meets: [nextIsQueued(runs, 2, LOW), [0, turn(), polls(2, 0)]],
    misses: [runs, [0, call(1, 2, LOW), enqueue(2, LOW)]],
  },
  {
    id: 'no-priority-inversion',
    since: 'more run than there are cores',
    meets: [nextIsQueued(runs, 2, LOW), [0, turn(), polls(2, 0), start(2)]],
    misses: [queued, placesAndStarts],
    alone: true,
  },

  {
    id: 'bounded-low-class-starvation',
    since: 'the newcomer came later',
    meets: [twoQueued([0, LOW], [6, HIGH]), placesTheSecond],
    misses: [twoQueued([0, LOW], [0, HIGH]), placesTheSecond],
  },
  {
    id: 'bounded-low-class-starvation',
    since: 'the newcomer is of a higher class',
    meets: [twoQueued([0, LOW], [6, HIGH]), placesTheSecond],
    misses: [twoQueued([0, HIGH], [6, LOW]), placesTheFirst],
  },
  {
    id: 'bounded-low-class-starvation',
    since: 'the newcomer is placed',
    meets: [twoQueued([0, LOW], [6, HIGH]), placesTheSecond],
    misses: [twoQueued([0, LOW], [7, HIGH]), placesTheFirst],
  },

  {
    id: 'memory-never-exceeds-ram-plus-swap',
    since: 'the demands exceed the RAM',
    meets: [both, overfills],
    misses: [both, fills],
  },
  {
    id: 'memory-never-exceeds-ram-plus-swap',
    since: 'an antagonist leaves too little',
    meets: [both, [0, antagonist(0, 5), pageOut(2, 1)]],
    misses: [both, [0, antagonist(0, 4)]],
  },

  { id: 'kills-are-the-last-resort', since: 'one is killed', meets: killsForMemory, misses: swapsOneMore },
  {
    id: 'kills-are-the-last-resort',
    since: 'the kill is for memory',
    meets: killsTheTooLarge,
    misses: givesUp,
  },

  {
    id: 'nothing-swapped-for-a-lower-class',
    since: 'a lower class lives there',
    meets: [nextIsQueued(swapped, 3, HIGH), [0, turn(), polls(3, 0), pageOut(3, 2)]],
    misses: [nextIsQueued(swapped, 3, LOW), [0, turn(), polls(3, 0), pageOut(3, 2)]],
  },
  {
    id: 'nothing-swapped-for-a-lower-class',
    since: 'one loses RAM',
    meets: [nextIsQueued(swapped, 3, HIGH), [0, turn(), polls(3, 0), pageOut(3, 2)]],
    misses: [swapped, [0, resize(1, 9)]],
  },
  {
    id: 'nothing-swapped-for-a-lower-class',
    since: 'who loses RAM could run',
    meets: [nextIsQueued(swapped, 3, HIGH), [0, turn(), polls(3, 0), pageOut(3, 2)]],
    misses: swapsOneMore,
  },

  {
    id: 'will-run-runs',
    since: 'one waits for its memory',
    meets: [threeIsQueued, threeComes],
    misses: [threeWaits, threeRuns],
  },
  {
    id: 'no-thrash',
    since: 'a transfer begins',
    meets: [threeIsQueued, threeComes],
    misses: [threeWaits, threeRuns],
  },
  {
    id: 'disk-priority',
    since: 'one that will run waits',
    meets: [threeIsQueued, threeComes],
    misses: [twoInRam, [0, antagonist(0, 2), pageOut(1, 1)]],
  },
  {
    id: 'disk-priority',
    since: 'a transfer begins',
    meets: [threeIsQueued, threeComes],
    misses: [threeWaits, [0, antagonist(0, 0)]],
  },
  {
    id: 'steady',
    since: 'somebody is not in the will-run set',
    meets: [threeIsQueued, threeComes],
    misses: [runsInTime, [0, resize(1, 4), allocate(1, 1)]],
  },
  {
    id: 'steady',
    since: 'memory is given or moved',
    meets: [threeIsQueued, threeComes],
    misses: [threeWaits, [0, antagonist(0, 0)]],
  },
  {
    id: 'lent',
    since: 'a core may be on loan',
    meets: [threeIsQueued, threeComes],
    misses: [threeWaits, threeRuns],
  },

  { id: 'conservation', since: 'one has ended', meets: [runs, ends], misses: [runs, quiet] },
];

describe('a premise', () => {
  test.each(pairs)('of $id is met since $since, and else is not', (pair) => {
    expect(verdictOn(pair, pair.meets)).toEqual({ times: 1, broken: pair.breaks ? pair.id : null });
    expect(verdictOn(pair, pair.misses)).toEqual({ times: 0, broken: null });
  });

  test('is tried for everything beyond the rules that a trace shows, save what is judged on request', () => {
    const wanted = OF_TRACES.filter((id) => propertyOf(id).onRequest !== true);
    expect([...new Set(pairs.map(({ id }) => id))].toSorted()).toEqual(wanted.toSorted());
  });
});
