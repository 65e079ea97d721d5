import { describe, expect, test } from 'vitest';
import { WORD_GROUPS } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { Judge } from '../../model/judge.ts';
import type { State } from '../../model/state.ts';
import {
  accept,
  antagonist,
  arrives,
  cancel,
  cluster,
  complete,
  crash,
  enqueue,
  evict,
  finish,
  HIGH,
  join,
  kill,
  type Line,
  LOW,
  later,
  pageOut,
  polls,
  preempt,
  resize,
  type Story,
  start,
  story,
  submit,
  throttle,
  tick,
  timeout,
  turn,
} from '../../model/testing.ts';
import { acceptBy } from '../../model/testing-phases.ts';
import { checked } from '../testing/checked.ts';
import type { Checker } from './checker.ts';
import { createLedgerCheckers } from './ledger.ts';

/** Both checkers of a ledger as one: what either finds wrong, kills first. */
function createLedgerChecker(config: Configuration): Checker {
  const checkers = createLedgerCheckers(config);
  return {
    property: 'conservation',
    check(state, step, met) {
      const wrongs = checkers.map((checker) => checker.check(state, step, met));
      return wrongs.find((wrong) => wrong !== null) ?? null;
    },
  };
}

/** A ledger that has followed a story to its end, and the state there. */
function followed({ config, lines }: Story): { ledger: Checker; state: State } {
  const ledger = createLedgerChecker(config);
  const judge = new Judge(config);
  for (const line of lines) {
    const [at, stimulus, ...decisions] = line;
    expect(judge.step(at, stimulus, decisions)).toBeNull();
    expect(checked(ledger, judge.state, line).wrong).toBeNull();
  }
  return { ledger, state: judge.state };
}

/** What the ledger says of a line that comes after a story, in the state before it. */
function wrongAfter(told: Story, line: Line) {
  const { ledger, state } = followed(told);
  return checked(ledger, state, line).wrong;
}

const runs = story(cluster(), ...arrives(0, 1, LOW, start(1)));
const queued = later(runs, [0, submit(2, HIGH), enqueue(2, HIGH)]);

describe('conservation', () => {
  test('is put to the test as soon as somebody has ended', () => {
    const { ledger, state } = followed(runs);
    expect(checked(ledger, state, [0, tick]).met).toEqual([]);
    const ends: Line = [0, finish(1), complete(1)];
    expect(checked(ledger, accept(runs, ends).state, ends)).toEqual({ wrong: null, met: ['conservation'] });
  });

  test.each<[string, Line, string]>([
    ['completes without having been placed', [0, tick, complete(2)], 'invocation 2 is queued, not placed'],
    ['is placed twice', [0, tick, polls(1, 0)], 'invocation 1 is placed, not queued'],
    ['is enqueued twice', [0, tick, enqueue(2, HIGH)], 'invocation 2 is queued, not awaiting'],
    ['is throttled after it was admitted', [0, tick, throttle(2)], 'invocation 2 is queued, not awaiting'],
    ['ends twice', [0, tick, complete(1), complete(1)], 'invocation 1 is ended, not placed'],
    ['is given up while it is queued', [0, tick, kill(2, 'attempts')], 'invocation 2 is queued, not placed'],
  ])('is broken by one who %s', (_case, line, message) => {
    expect(wrongAfter(queued, line)).toEqual({ property: 'conservation', entity: 'the trace', message });
  });

  test('is broken by one who is lost in a crash and gets no answer', () => {
    const { ledger } = followed(runs);
    const lost: Line = [0, crash(0)];
    expect(checked(ledger, accept(runs, [0, crash(0), enqueue(1, LOW)]).state, lost).wrong?.message).toBe(
      '1 were submitted; 1 await an answer, 0 are queued, 0 placed, 0 ended, while the model counts 1 live and 0 ended',
    );
  });

  test.each<[string, readonly Line[], string | null]>([
    ['an eviction', [[0, tick, evict(1)]], null],
    ['a placement after it', [[0, tick, evict(1), polls(1, 0)]], null],
    ['a cancellation of one who was placed', [[0, timeout(1), cancel(1)]], null],
    ['a cancellation of one who is queued', [[0, timeout(2), cancel(2)]], null],
    ['an eviction of one who is queued', [[0, tick, evict(2)]], 'invocation 2 is queued, not placed'],
  ])('follows %s', (_case, lines, message) => {
    const optional = { config: { ...queued.config, words: [...WORD_GROUPS] }, lines: queued.lines };
    const { ledger } = followed(optional);
    const { state } = acceptBy([], optional, ...(message === null ? lines : []));
    const { wrong } = checked(ledger, state, lines[0]!);
    expect(wrong?.message ?? null).toBe(message);
  });

  test('is broken when the model counts otherwise', () => {
    for (const count of ['submitted', 'completed', 'killed', 'throttled'] as const) {
      const { ledger, state } = followed(runs);
      state.counts[count]++;
      expect(checked(ledger, state, [0, tick]).wrong).toMatchObject({ property: 'conservation' });
    }
  });
});

describe('kills are the last resort', () => {
  /** 2 of the highest class runs; 1 and 3 of the lowest wait; all with 2 MB. */
  const both = story(
    cluster({ initialMemory: 2 }),
    ...arrives(0, 1, LOW, start(1)),
    ...arrives(0, 2, HIGH, preempt(1), start(2)),
    ...arrives(0, 3, LOW),
  );

  test('is put to the test by a kill for memory, and holds if all of it was needed', () => {
    const { ledger } = followed(both);
    const grows: Line = [0, resize(2, 11), kill(2, 'exceeds-machine'), start(1)];
    expect(checked(ledger, accept(both, grows).state, grows)).toEqual({
      wrong: null,
      met: ['kills-are-the-last-resort', 'conservation'],
    });
    const exhausted: Line = [
      0,
      antagonist(0, 10),
      kill(3, 'memory'),
      preempt(2),
      pageOut(1, 2),
      pageOut(2, 2),
    ];
    expect(checked(followed(both).ledger, accept(both, exhausted).state, exhausted).wrong).toBeNull();
  });

  test.each<[string, Line, string]>([
    [
      'everybody fits into RAM and swap',
      [0, tick, kill(3, 'memory')],
      'invocation 3 was killed although all 6 MB fit into 10 MB of RAM and 5 MB of swap on machine 0',
    ],
    [
      'everybody fits into what an antagonist leaves, and swap',
      [0, antagonist(0, 9), kill(3, 'memory')],
      'invocation 3 was killed although all 6 MB fit into 1 MB of RAM and 5 MB of swap on machine 0',
    ],
    [
      'somebody of a lower class lives there',
      [0, antagonist(0, 10), kill(2, 'memory')],
      'invocation 2 was killed although invocation 1 of a lower class lives on machine 0',
    ],
    [
      'it fits into the machine alone',
      [0, resize(2, 10), kill(2, 'exceeds-machine')],
      'invocation 2 was killed although its 10 MB fit into machine 0 alone',
    ],
  ])('is broken by a kill when %s', (_case, line, message) => {
    expect(wrongAfter(both, line)).toEqual({
      property: 'kills-are-the-last-resort',
      entity: `invocation ${message.split(' ')[1]}`,
      message,
    });
  });

  test('goes by the size with which a machine has come back', () => {
    const back = later(
      both,
      [0, crash(0), enqueue(1, LOW), enqueue(2, HIGH), enqueue(3, LOW)],
      [0, join(0, 1, 4, 0)],
      [0, turn(), polls(2, 0), start(2)],
    );
    const grows: Line = [0, resize(2, 5), kill(2, 'exceeds-machine')];
    expect(checked(followed(back).ledger, accept(back, grows).state, grows).wrong).toBeNull();
    expect(wrongAfter(back, [0, resize(2, 4), kill(2, 'exceeds-machine')])?.message).toContain(
      'its 4 MB fit into machine 0 alone',
    );
  });
});
