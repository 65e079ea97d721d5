import type { Configuration } from '../../model/configuration.ts';
import {
  allocate,
  antagonist,
  arrives,
  boot,
  call,
  cluster,
  complete,
  crash,
  enqueue,
  finish,
  HIGH,
  kill,
  type Line,
  LOW,
  later,
  list,
  paged,
  pageIn,
  pageOut,
  polls,
  preempt,
  resize,
  type Story,
  start,
  story,
  submit,
  takes,
  tick,
  turn,
} from '../../model/testing.ts';
import type { PropertyId } from '../catalogue.ts';
import { askedOf, EVERYTHING } from '../play/asked.ts';
import { Assessor } from '../play/assessor.ts';
import { emptyCampaignTally, timesMet } from '../play/tally.ts';

/** What happens, and the step after it that counts. */
export type Told = readonly [before: Story, step: Line];

/** A step that puts a property to the test, and one that is nearly the same and does not. */
export interface Pair {
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

export const empty = story(cluster());
/** 1 is queued. */
export const queued = later(empty, [0, submit(1, LOW), enqueue(1, LOW)]);
export const placesAndStarts: Line = [0, turn(), polls(1, 0), start(1)];
/** 1 of the lowest class runs. */
export const runs = later(queued, placesAndStarts);
export const ends: Line = [0, finish(1), complete(1)];
export const quiet: Line = [0, tick];

export const nextIsQueued = (told: Story, id: number, price: number) =>
  later(told, [0, submit(id, price), enqueue(id, price)]);

/** 1 of the highest class runs and 2 of the lowest waits, with 3 MB each of 10. */
export const both = story(
  cluster({ initialMemory: 3 }),
  ...arrives(0, 1, HIGH, start(1)),
  ...arrives(0, 2, LOW),
);
/** Where paging takes time: 1 of the lowest class runs with 3 MB of 10. */
export const runsInTime = story(
  cluster({ initialMemory: 3, paging: { chunk: 2, reserve: 1 } }),
  [0, submit(1, LOW), enqueue(1, LOW)],
  [0, turn(), polls(1, 0), allocate(1, 3), start(1)],
);
/** 2 of the highest class has come, and runs; 1 is in RAM. */
export const bothInTime = later(
  runsInTime,
  [0, submit(2, HIGH), enqueue(2, HIGH)],
  [0, turn(), polls(2, 0), allocate(2, 3), preempt(1), start(2)],
);
/** It grows to 9 MB: 2 MB of 1 must go first. */
export const setsOut: Line = [0, resize(2, 9), allocate(2, 4), preempt(2), pageOut(1, 2)];
export const hasArrived: Line = [0, paged(0), allocate(2, 2), start(2)];

export const overfills: Line = [0, resize(1, 9), pageOut(2, 2)];
export const fills: Line = [0, resize(1, 7)];

/** 1 fills all RAM and 2 of the lowest class, with 2 MB, is in swap. */
export const swapped = later(
  story(cluster({ initialMemory: 2 }), ...arrives(0, 1, HIGH, start(1)), ...arrives(0, 2, LOW)),
  [0, resize(1, 10), pageOut(2, 2)],
);
export const killsForMemory: Told = [
  swapped,
  [0, antagonist(0, 4), kill(2, 'memory'), preempt(1), pageOut(1, 4)],
];
export const swapsOneMore: Told = [
  swapped,
  [0, antagonist(0, 3), preempt(1), pageOut(1, 5), pageIn(2, 2), start(2)],
];
export const killsTheTooLarge: Told = [runs, [0, resize(1, 11), kill(1, 'exceeds-machine')]];
export const isJustNotTooLarge: Told = [runs, [0, resize(1, 10)]];
export const givesUp: Told = [
  story(cluster({ maxAttempts: 1 }), ...arrives(0, 1, LOW, start(1))),
  [0, crash(0), kill(1, 'attempts')],
];

/** 1 waits for 2, which runs; or has nothing to do with it. */
export const called = later(runs, [0, call(1, 2, LOW), enqueue(2, LOW)], [0, turn(), polls(2, 0), start(2)]);
export const uncalled = story(
  cluster(),
  ...arrives(0, 1, LOW, start(1)),
  ...arrives(0, 2, HIGH, preempt(1), start(2)),
);

/** 1 of the highest class, on machine 0, has called 2, on machine 1, and asked for this class. */
export const calledAcross = (asked: number) =>
  story(
    cluster({ machines: [0, 1].map(() => ({ cores: 1, ram: 10, swap: 5 })) }),
    ...arrives(0, 1, HIGH, start(1)),
    [0, call(1, 2, asked), enqueue(2, HIGH)],
    [0, turn(), polls(2, 1), start(2)],
  );

/** Two are queued at one shard, from these times on and in these classes. */
export const twoQueued = (first: readonly [number, number], second: readonly [number, number], shards = 1) =>
  story(
    cluster({ shards }),
    [first[0], submit(1, first[1]), enqueue(1, first[1])],
    [second[0], submit(2, second[1], shards - 1), enqueue(2, second[1], shards - 1)],
  );
export const placesTheFirst: Line = [9, turn(), polls(1, 0), start(1)];
export const placesTheSecond: Line = [9, turn(), polls(2, 0), start(2)];

export const idle = { enter: 5, leave: 2, memoryDrift: 3, functionsDrift: 2 };
export const unbooted = (config: Configuration): Story => ({ config, lines: [] });
/** Machine 0 is on the list with 10 MB; 1 has come to it with 1 MB. */
export const listed = story(
  cluster({ idle }),
  [0, boot, list(0, 0, 10, 0)],
  [0, submit(1, LOW), enqueue(1, LOW)],
  [0, turn(), takes(1, 0), start(1)],
);
export const driftsALittle: Told = [listed, [0, resize(1, 2)]];

export const paying = (budget: number) => cluster({ tenants: [{ budget, period: 100, burstPercent: 100 }] });
/** 1 runs for a tenant who has 4 to spend, and pays 1 a ms. */
export const spends = story(paying(4), ...arrives(0, 1, LOW, start(1)));

/** How often a step puts a property to the test, when it comes after what happens before it, and what it breaks. */
export function verdictOn({ id, alone }: Pair, [before, [at, stimulus, ...decisions]]: Told) {
  const tally = emptyCampaignTally();
  const assessor = new Assessor(before.config, tally, alone ? askedOf([id]) : EVERYTHING);
  for (const [earlier, happens, ...answer] of before.lines) {
    const finding = assessor.assess(earlier, happens, answer);
    if (finding !== null) throw new Error(`what comes before breaks ${finding.property}: ${finding.message}`);
  }
  const metBefore = timesMet(tally, id);
  const broken = assessor.assess(at, stimulus, decisions)?.property ?? null;
  return { times: timesMet(tally, id) - metBefore, broken };
}
