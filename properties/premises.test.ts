import { describe, expect, test } from 'vitest';
import type { Configuration, Scenario } from '../model/configuration.ts';
import {
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
  type Line,
  LOW,
  later,
  list,
  pageIn,
  pageOut,
  polls,
  preempt,
  relist,
  resize,
  type Story,
  start,
  story,
  submit,
  takes,
  throttle,
  tick,
  turn,
  unlist,
  wake,
} from '../model/testing.ts';
import { createXX } from '../reference-impl/xx/xx.ts';
import { CATALOGUE, type PropertyId } from './catalogue.ts';
import { askedOf, EVERYTHING } from './play/asked.ts';
import { Assessor, OF_TRACES } from './play/assessor.ts';
import { OF_WHOLE_RUNS, playAgain, playScenario } from './play/run.ts';
import { type CampaignTally, emptyCampaignTally, timesMet } from './play/tally.ts';

/** What happens, and the step after it that counts. */
type Told = readonly [before: Story, step: Line];

/** A step that puts a property to the test, and one that is nearly the same and does not. */
interface Pair {
  readonly id: PropertyId;
  /** The part of the premise that tells the two apart. */
  readonly since: string;
  readonly meets: Told;
  readonly misses: Told;
  /** Asked alone, of steps that other rules refuse. */
  readonly alone?: true;
  /** The step that meets the premise breaks the property. */
  readonly breaks?: true;
}

const empty = story(cluster());
/** 1 is queued. */
const queued = later(empty, [0, submit(1, LOW), enqueue(1, LOW)]);
const placesAndStarts: Line = [0, turn(), polls(1, 0), start(1)];
/** 1 of the lowest class runs. */
const runs = later(queued, placesAndStarts);
const ends: Line = [0, finish(1), complete(1)];
const quiet: Line = [0, tick];

const nextIsQueued = (told: Story, id: number, price: number) =>
  later(told, [0, submit(id, price), enqueue(id, price)]);

/** 1 of the highest class runs and 2 of the lowest waits, with 3 MB each of 10. */
const both = story(cluster({ initialMemory: 3 }), ...arrives(0, 1, HIGH, start(1)), ...arrives(0, 2, LOW));
const overfills: Line = [0, resize(1, 9), pageOut(2, 2)];
const fills: Line = [0, resize(1, 7)];

/** 1 fills all RAM and 2 of the lowest class, with 2 MB, is in swap. */
const swapped = later(
  story(cluster({ initialMemory: 2 }), ...arrives(0, 1, HIGH, start(1)), ...arrives(0, 2, LOW)),
  [0, resize(1, 10), pageOut(2, 2)],
);
const killsForMemory: Told = [swapped, [0, antagonist(0, 4), kill(2, 'memory'), preempt(1), pageOut(1, 4)]];
const swapsOneMore: Told = [
  swapped,
  [0, antagonist(0, 3), preempt(1), pageOut(1, 5), pageIn(2, 2), start(2)],
];
const killsTheTooLarge: Told = [runs, [0, resize(1, 11), kill(1, 'exceeds-machine')]];
const isJustNotTooLarge: Told = [runs, [0, resize(1, 10)]];
const givesUp: Told = [
  story(cluster({ maxAttempts: 1 }), ...arrives(0, 1, LOW, start(1))),
  [0, crash(0), kill(1, 'attempts')],
];

/** 1 waits for 2, which runs; or has nothing to do with it. */
const called = later(runs, [0, call(1, 2, LOW), enqueue(2, LOW)], [0, turn(), polls(2, 0), start(2)]);
const uncalled = story(
  cluster(),
  ...arrives(0, 1, LOW, start(1)),
  ...arrives(0, 2, HIGH, preempt(1), start(2)),
);

/** 1 of the highest class, on machine 0, has called 2, on machine 1, and asked for this class. */
const calledAcross = (asked: number) =>
  story(
    cluster({ machines: [0, 1].map(() => ({ cores: 1, ram: 10, swap: 5 })) }),
    ...arrives(0, 1, HIGH, start(1)),
    [0, call(1, 2, asked), enqueue(2, HIGH)],
    [0, turn(), polls(2, 1), start(2)],
  );

/** Two are queued at one shard, from these times on and in these classes. */
const twoQueued = (first: readonly [number, number], second: readonly [number, number], shards = 1) =>
  story(
    cluster({ shards }),
    [first[0], submit(1, first[1]), enqueue(1, first[1])],
    [second[0], submit(2, second[1], shards - 1), enqueue(2, second[1], shards - 1)],
  );
const placesTheFirst: Line = [9, turn(), polls(1, 0), start(1)];
const placesTheSecond: Line = [9, turn(), polls(2, 0), start(2)];

const idle = { enter: 5, leave: 2, memoryDrift: 3, functionsDrift: 2 };
const unbooted = (config: Configuration): Story => ({ config, lines: [] });
/** Machine 0 is on the list with 10 MB; 1 has come to it with 1 MB. */
const listed = story(
  cluster({ idle }),
  [0, boot, list(0, 0, 10, 0)],
  [0, submit(1, LOW), enqueue(1, LOW)],
  [0, turn(), takes(1, 0), start(1)],
);
const driftsALittle: Told = [listed, [0, resize(1, 2)]];

const paying = (budget: number) => cluster({ tenants: [{ budget, period: 100, burstPercent: 100 }] });
/** 1 runs for a tenant who has 4 to spend, and pays 1 a ms. */
const spends = story(paying(4), ...arrives(0, 1, LOW, start(1)));

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

  {
    id: 'no-crowding-on-a-machine',
    since: 'one that waits would fit beside its own class',
    meets: [nextIsQueued(runs, 2, LOW), [0, turn(), polls(2, 0)]],
    misses: [later(nextIsQueued(runs, 2, LOW), [0, resize(1, 10)]), [0, turn(), polls(2, 0), pageOut(2, 1)]],
    alone: true,
  },
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

  { id: 'conservation', since: 'one has ended', meets: [runs, ends], misses: [runs, quiet] },
];

/** How often a step puts a property to the test, when it comes after what happens before it. */
function timesMetBy({ id, alone }: Pair, [before, [at, stimulus, ...decisions]]: Told) {
  const tally = emptyCampaignTally();
  const assessor = new Assessor(before.config, tally, alone ? askedOf([id]) : EVERYTHING);
  for (const [earlier, happens, ...answer] of before.lines) {
    expect(assessor.assess(earlier, happens, answer)).toBeNull();
  }
  const metBefore = timesMet(tally, id);
  const broken = assessor.assess(at, stimulus, decisions)?.property ?? null;
  return { times: timesMet(tally, id) - metBefore, broken };
}

/** Plays what happens in these lines, and looks at the run as a whole. */
type Plays = (tally: CampaignTally) => unknown;

/** A run that puts a property of whole runs to the test, and one that is nearly the same and does not. */
interface PairOfRuns {
  readonly id: PropertyId;
  readonly since: string;
  readonly meets: Plays;
  readonly misses: Plays;
}

const stimuliOf = ({ config, lines }: Story): Scenario => ({
  config,
  stimuli: lines.map(([at, stimulus]) => ({ at, stimulus })),
});
const xx = () => ({ scheduler: createXX() });
const withTwin = () => ({ scheduler: createXX(), twin: createXX({ mode: 'immer' }) });

/** Plays a story to its end and then asks for a property of it. */
const judged =
  (told: Story, property?: PropertyId, contestant = xx): Plays =>
  (tally) =>
    playScenario(stimuliOf(told), contestant(), tally, property === undefined ? {} : { property });

const most = Number.MAX_SAFE_INTEGER;
/** 1 and 2 live on a machine whose demand then is the greatest safe integer, and 3 is queued. */
const vast = later(
  story(
    cluster({
      machines: [{ cores: 2, ram: most - 1, swap: 1 }],
      idle: { enter: most, leave: 0, memoryDrift: 1, functionsDrift: 1 },
    }),
    ...arrives(0, 1, LOW, start(1)),
    ...arrives(0, 2, LOW, start(2)),
  ),
  [0, resize(1, most - 1)],
  [0, submit(3, LOW)],
);

const pairsOfRuns: readonly PairOfRuns[] = [
  {
    id: 'everything-drains',
    since: 'somebody is live',
    meets: judged(queued, 'everything-drains'),
    misses: judged(later(runs, ends), 'everything-drains'),
  },
  {
    id: 'determinism',
    since: 'it is played twice',
    meets: judged(queued, 'determinism'),
    misses: judged(queued),
  },
  {
    id: 'immer-equals-direct',
    since: 'there are both ways',
    meets: judged(queued, 'immer-equals-direct', withTwin),
    misses: judged(queued, 'immer-equals-direct'),
  },
  {
    id: 'refuses-alike',
    since: 'the impossible is offered',
    meets: judged(queued, 'refuses-alike'),
    misses: judged(queued),
  },
  {
    id: 'refuses-alike',
    since: 'a sum leaves the safe integers',
    meets: judged(later(vast, [0, turn()])),
    misses: judged(vast),
  },
  {
    id: 'pages-in-parts',
    since: '2 MB or more move at once',
    meets: (tally) => playAgain(stimuliOf(later(both, [0, resize(1, 9)])), xx(), tally),
    misses: (tally) => playAgain(stimuliOf(later(both, [0, resize(1, 8)])), xx(), tally),
  },
  {
    id: 'pages-in-parts',
    since: 'the trace is judged again',
    meets: (tally) => playAgain(stimuliOf(later(both, [0, resize(1, 9)])), xx(), tally),
    misses: judged(later(both, [0, resize(1, 9)])),
  },
];

describe('a premise', () => {
  test.each(pairs)('of $id is met since $since, and else is not', (pair) => {
    const { times, broken } = timesMetBy(pair, pair.meets);
    expect(times).toBe(1);
    expect(broken).toBe(pair.breaks ? pair.id : null);
    expect(timesMetBy(pair, pair.misses)).toEqual({ times: 0, broken: null });
  });

  test.each(pairsOfRuns)('of $id is met since $since, and else is not', ({ id, meets, misses }) => {
    const [met, missed] = [meets, misses].map((plays) => {
      const tally = emptyCampaignTally();
      expect(plays(tally)).toMatchObject({ finding: null });
      return timesMet(tally, id);
    });
    expect(met).toBe(1);
    expect(missed).toBe(0);
  });

  test('is tried for every rule and property', () => {
    const tried = new Set([...pairs, ...pairsOfRuns].map(({ id }) => id));
    expect([...tried].toSorted()).toEqual(CATALOGUE.map(({ id }) => id).toSorted());
  });

  test('is tried where it is judged: what a trace shows of steps, everything else of runs', () => {
    const beyondRules = CATALOGUE.filter(({ id, rules }) => !rules.some((rule) => rule === id));
    const ofSteps = new Set(pairs.map(({ id }) => id));
    const judgedOfTraces = beyondRules.filter(({ id }) => ofSteps.has(id)).map(({ id }) => id);
    expect(judgedOfTraces.toSorted()).toEqual([...OF_TRACES].toSorted());
    const ofRuns = new Set(pairsOfRuns.map(({ id }) => id));
    expect(ofRuns).toEqual(new Set([...OF_WHOLE_RUNS, 'pages-in-parts']));
  });
});
