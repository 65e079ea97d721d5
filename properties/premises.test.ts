import { describe, expect, test } from 'vitest';
import { RULE_IDS } from '../model/rules/rule-set.ts';
import {
  allocate,
  antagonist,
  arrives,
  boot,
  call,
  cluster,
  complete,
  crash,
  drain,
  enqueue,
  finish,
  HIGH,
  kill,
  LOW,
  later,
  list,
  pageIn,
  pageOut,
  polls,
  preempt,
  relist,
  resize,
  start,
  story,
  submit,
  throttle,
  turn,
  unlist,
  wake,
} from '../model/testing.ts';
import { CATALOGUE } from './catalogue.ts';
import { OF_TRACES } from './play/assessor.ts';
import { OF_WHOLE_RUNS } from './play/whole-runs.ts';
import {
  both,
  bothInTime,
  called,
  calledAcross,
  driftsALittle,
  empty,
  ends,
  fills,
  givesUp,
  hasArrived,
  idle,
  isJustNotTooLarge,
  killsForMemory,
  killsTheTooLarge,
  listed,
  nextIsQueued,
  overfills,
  type Pair,
  paying,
  placesAndStarts,
  placesTheFirst,
  placesTheSecond,
  queued,
  quiet,
  runs,
  runsInTime,
  setsOut,
  spends,
  swapsOneMore,
  twoQueued,
  unbooted,
  uncalled,
  verdictOn,
} from './testing/told.ts';

const pairs: readonly Pair[] = [
  {
    id: 'possible-decision',
    since: 'a decision is taken',
    meets: [empty, [0, submit(1, LOW), enqueue(1, LOW)]],
    misses: [empty, quiet],
  },

  {
    id: 'run-the-highest',
    since: 'one is ready, not blocked',
    meets: [nextIsQueued(runs, 2, LOW), [0, turn(), polls(2, 0)]],
    misses: [runs, [0, call(1, 2, LOW), enqueue(2, LOW)]],
  },
  {
    id: 'run-the-highest',
    since: 'one waits, for memory',
    meets: [both, overfills],
    misses: [runs, [0, resize(1, 10)]],
  },

  { id: 'run-resident', since: 'memory is in swap', meets: [both, overfills], misses: [both, fills] },
  {
    id: 'run-resident',
    since: 'somebody runs',
    meets: [both, overfills],
    misses: [runs, [0, antagonist(0, 10), preempt(1), pageOut(1, 1)]],
  },

  {
    id: 'start-highest',
    since: 'one starts',
    meets: [queued, placesAndStarts],
    misses: [nextIsQueued(runs, 2, LOW), [0, turn(), polls(2, 0)]],
  },

  {
    id: 'preempt-outranked',
    since: 'one is preempted',
    meets: [nextIsQueued(runs, 2, HIGH), [0, turn(), polls(2, 0), preempt(1), start(2)]],
    misses: [nextIsQueued(runs, 2, LOW), [0, turn(), polls(2, 0)]],
  },

  {
    id: 'memory-bound',
    since: 'the demands exceed the RAM',
    meets: [both, overfills],
    misses: [both, fills],
  },
  {
    id: 'memory-bound',
    since: 'an antagonist leaves too little',
    meets: [both, [0, antagonist(0, 5), pageOut(2, 1)]],
    misses: [both, [0, antagonist(0, 4)]],
  },

  { id: 'kill-iff', since: 'all together need too much', meets: killsForMemory, misses: swapsOneMore },
  { id: 'kill-iff', since: 'one alone needs too much', meets: killsTheTooLarge, misses: isJustNotTooLarge },
  { id: 'kill-iff', since: 'the kill is for memory', meets: killsTheTooLarge, misses: givesUp },
  {
    id: 'kill-iff',
    since: 'a kill must be, though it is not',
    meets: [runs, [0, resize(1, 11)]],
    misses: isJustNotTooLarge,
    breaks: true,
  },

  { id: 'page-out-lowest', since: 'memory goes to swap', meets: [both, overfills], misses: [both, fills] },
  {
    id: 'page-in-to-run',
    since: 'memory comes back',
    meets: [later(both, overfills), [0, finish(1), complete(1), pageIn(2, 2), start(2)]],
    misses: [both, [0, finish(1), complete(1), start(2)]],
  },

  {
    id: 'grant-to-run',
    since: 'somebody has asked for memory, and waits for it',
    meets: [nextIsQueued(runsInTime, 2, LOW), [0, turn(), polls(2, 0)]],
    misses: [runsInTime, [0, resize(1, 2)]],
  },
  {
    id: 'grant-to-run',
    since: 'memory is given',
    meets: [runsInTime, [0, resize(1, 4), allocate(1, 1)]],
    misses: [runsInTime, [0, resize(1, 2)]],
  },
  {
    id: 'disk-works',
    since: 'nothing is in flight',
    meets: [later(bothInTime, setsOut), hasArrived],
    misses: [bothInTime, setsOut],
  },
  {
    id: 'disk-works',
    since: 'memory is in swap',
    meets: [later(bothInTime, setsOut), hasArrived],
    misses: [bothInTime, [0, resize(2, 7), allocate(2, 4)]],
  },
  {
    id: 'disk-works',
    since: 'a transfer must begin, though none does',
    meets: [bothInTime, [0, resize(2, 9), allocate(2, 4), preempt(2)]],
    misses: [bothInTime, setsOut],
    breaks: true,
  },
  {
    id: 'disk-works',
    since: 'RAM is over-committed, though nobody has memory elsewhere',
    alone: true,
    meets: [bothInTime, [0, antagonist(0, 6)]],
    misses: [bothInTime, [0, antagonist(0, 4)]],
    breaks: true,
  },

  {
    id: 'answered',
    since: 'the stimulus calls for an answer',
    meets: [empty, [0, submit(1, LOW), enqueue(1, LOW)]],
    misses: [empty, quiet],
  },
  {
    id: 'answered',
    since: 'a turn finds work',
    meets: [queued, placesAndStarts],
    misses: [empty, [0, turn()]],
  },
  {
    id: 'answered',
    since: 'a turn finds a machine',
    meets: [queued, placesAndStarts],
    misses: [later(queued, [0, drain(0)]), [0, turn()]],
  },
  {
    id: 'answered',
    since: 'a caller must be woken',
    meets: [called, [0, resize(2, 11), kill(2, 'exceeds-machine'), wake(1, 'failed'), start(1)]],
    misses: [uncalled, [0, resize(2, 11), kill(2, 'exceeds-machine'), start(1)]],
  },

  {
    id: 'admit',
    since: 'one is enqueued',
    meets: [empty, [0, submit(1, LOW), enqueue(1, LOW)]],
    misses: [queued, placesAndStarts],
  },
  {
    id: 'admit',
    since: 'one is throttled',
    meets: [story(paying(0)), [0, submit(1, LOW), throttle(1)]],
    misses: [story(paying(0)), quiet],
  },
  { id: 'admit', since: 'the attempts are used up', meets: givesUp, misses: killsTheTooLarge },

  {
    id: 'inherit',
    since: 'the callee asked for a lower class',
    meets: [story(cluster(), ...arrives(0, 1, HIGH, start(1))), [0, call(1, 2, LOW), enqueue(2, HIGH)]],
    misses: [story(cluster(), ...arrives(0, 1, HIGH, start(1))), [0, call(1, 2, HIGH), enqueue(2, HIGH)]],
  },
  {
    id: 'inherit',
    since: 'it asked for a lower class and is enqueued once more',
    meets: [calledAcross(LOW), [0, crash(1), enqueue(2, HIGH)]],
    misses: [calledAcross(HIGH), [0, crash(1), enqueue(2, HIGH)]],
  },
  {
    id: 'inherit',
    since: 'it has a caller',
    meets: [calledAcross(LOW), [0, crash(1), enqueue(2, HIGH)]],
    misses: [empty, [0, submit(1, LOW), enqueue(1, LOW)]],
  },

  {
    id: 'wake-caller',
    since: 'a caller is woken',
    meets: [called, [0, finish(2), complete(2), wake(1), start(1)]],
    misses: [uncalled, [0, finish(2), complete(2), start(1)]],
  },

  ...(['place-greatest', 'place-least-loaded'] as const).map(
    (id): Pair => ({
      id,
      since: 'one is placed',
      meets: [queued, placesAndStarts],
      misses: [later(queued, [0, drain(0)]), [0, turn()]],
    }),
  ),

  {
    id: 'bounded-overtaking',
    since: 'one of another class waits',
    meets: [twoQueued([0, HIGH], [0, LOW]), placesTheFirst],
    misses: [twoQueued([0, HIGH], [0, HIGH]), placesTheFirst],
  },
  {
    id: 'bounded-overtaking',
    since: 'it waits at the same shard',
    meets: [twoQueued([0, HIGH], [0, LOW]), placesTheFirst],
    misses: [twoQueued([0, HIGH], [0, LOW], 2), placesTheFirst],
  },
  {
    id: 'bounded-overtaking',
    since: 'one of the same class was enqueued earlier',
    meets: [twoQueued([0, HIGH], [1, HIGH]), placesTheSecond],
    misses: [twoQueued([0, HIGH], [0, HIGH]), placesTheSecond],
    alone: true,
    breaks: true,
  },
  {
    id: 'bounded-overtaking',
    since: 'one is placed',
    meets: [twoQueued([0, HIGH], [0, LOW]), placesTheFirst],
    misses: [twoQueued([0, HIGH], [0, LOW]), quiet],
  },

  {
    id: 'idle-list-true',
    since: 'an entry is made',
    meets: [unbooted(cluster({ idle })), [0, boot, list(0, 0, 10, 0)]],
    misses: [unbooted(cluster()), [0, boot]],
  },
  {
    id: 'idle-list-true',
    since: 'an entry is refreshed',
    meets: [listed, [0, resize(1, 4), relist(0, 0, 6, 1)]],
    misses: driftsALittle,
  },
  {
    id: 'idle-list-true',
    since: 'an entry is withdrawn',
    meets: [listed, [0, resize(1, 9), unlist(0, 0)]],
    misses: driftsALittle,
  },
  {
    id: 'idle-list-true',
    since: 'an entry must be refreshed, though it is not',
    meets: [listed, [0, resize(1, 4)]],
    misses: driftsALittle,
    breaks: true,
  },
  {
    id: 'idle-list-true',
    since: 'an entry must be made, though it is not',
    meets: [unbooted(cluster({ idle })), [0, boot]],
    misses: [unbooted(cluster()), [0, boot]],
    breaks: true,
  },

  { id: 'bill-exact', since: 'one completes', meets: [runs, ends], misses: isJustNotTooLarge },
  { id: 'bill-exact', since: 'one is killed', meets: killsTheTooLarge, misses: isJustNotTooLarge },
  {
    id: 'bill-exact',
    since: 'one is killed since its attempts are used up',
    meets: givesUp,
    misses: [runs, [0, crash(0), enqueue(1, LOW)]],
  },

  {
    id: 'budget-bound',
    since: 'the budget is spent',
    meets: [story(paying(0)), [0, submit(1, LOW), throttle(1)]],
    misses: [story(paying(1)), [0, submit(1, LOW), enqueue(1, LOW)]],
  },
  {
    id: 'budget-bound',
    since: 'a root is submitted',
    meets: [spends, [4, submit(2, LOW), throttle(2)]],
    misses: [spends, [4, call(1, 2, LOW), enqueue(2, LOW)]],
  },
];

describe('a premise', () => {
  test.each(pairs)('of $id is met since $since, and else is not', (pair) => {
    expect(verdictOn(pair, pair.meets)).toEqual({ times: 1, broken: pair.breaks ? pair.id : null });
    expect(verdictOn(pair, pair.misses)).toEqual({ times: 0, broken: null });
  });

  test('is tried for every rule', () => {
    expect([...new Set(pairs.map(({ id }) => id))].toSorted()).toEqual(RULE_IDS.toSorted());
  });

  test('is tried here, of what a trace shows beyond the rules, or of whole runs, for all in the catalogue', () => {
    const tried = [...RULE_IDS, ...OF_TRACES, ...OF_WHOLE_RUNS, 'pages-in-parts'];
    expect(tried.toSorted()).toEqual(CATALOGUE.map(({ id }) => id).toSorted());
  });
});
