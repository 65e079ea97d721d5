import { seen, type TextFinding } from '../finding.ts';
import { aCheapNewcomerFirst, queuedBehindTheOld, theOldPassedOver } from '../observers/queues.ts';
import { equalMachines, smallCluster, type World } from '../worlds.ts';

/** What follows from the words about shards: "the ratio of price class to amount of time spent in the queue". */

const QUEUE: World = {
  config: smallCluster({ machines: equalMachines(1, 1, 100, 0) }),
  weights: { submit: 4, turn: 3, finish: 1, time: 3 },
  leastRamMb: 10,
  mostDemandMb: 1,
  steps: 30,
};

const IN_THE_TEXT = {
  section: '3.2',
  paragraph: 'Global Scheduler Shards, on which function is placed next',
  reading: 'the-ratio-of-price-to-time',
  repair: {
    scheduler: 'xx',
    words:
      'Price × wait, the greatest first: the reading of this project, and the only one of the three that serves both aims.',
  },
  world: QUEUE,
  workload: 'busy',
} as const;

const AIMS =
  'A shard compares price class and waiting time of the heads of its queues as a ratio, so that high classes wait less than low ones, and low ones are placed once they have waited for a while.';

export const QUEUE_FINDINGS: readonly TextFinding[] = [
  {
    ...IN_THE_TEXT,
    id: 'ratio-favours-newcomers',
    title: 'The greatest price ÷ wait serves the newest first, even a cheap one before an old dear one',
    says: AIMS,
    scheduler: 'price-over-wait',
    shows: seen(aCheapNewcomerFirst),
    why: 'The quotient falls as one waits. A newcomer of any class has the greatest there is, so a function of the lowest class that has just come goes before one of the highest that has waited: high classes wait because of low ones.',
    restored: 'No function is placed before one of a higher class that has waited at least as long.',
  },
  {
    ...IN_THE_TEXT,
    id: 'ratio-favours-the-cheap',
    title: 'The least price ÷ wait serves the cheapest of those who wait equally long',
    says: AIMS,
    scheduler: 'wait-over-price',
    shows: seen(aCheapNewcomerFirst),
    why: 'Turned round, the quotient grows with the wait, as it should, and falls with the price, as it should not: of two that have waited equally long the cheaper goes first, which turns the order of the classes round.',
    restored: 'No function is placed before one of a higher class that has waited at least as long.',
  },
  {
    ...IN_THE_TEXT,
    id: 'ratio-of-the-authors',
    title: "The authors' own least wait ÷ price passes the old over for good",
    says: `${AIMS} The authors' public simulator takes the least wait ÷ price.`,
    scheduler: 'least-wait-over-price',
    shows: seen(theOldPassedOver),
    why: 'It is the order of the greatest price ÷ wait, so waiting makes it worse. As long as functions of higher classes keep coming, an old one of a low class is never placed: it may wait for any number of times as long as they do.',
    restored:
      'No function is placed before one of a lower class whose price × wait is the greater: so each waits at most a bounded number of times as long as those that go before it.',
  },
  {
    ...IN_THE_TEXT,
    id: 'crowded-at-the-shard',
    title: 'At a shard a high-class function is queued behind a low one that is older',
    says: 'Latency-sensitive functions are not blocked behind background ones; yet low ones are placed once they have waited for a while.',
    section: '1, 3.2',
    scheduler: 'xx',
    shows: seen(queuedBehindTheOld),
    why: 'The two aims contradict each other wherever a turn takes time: a turn that goes to an old low function is one that a high one waits for. How long that is depends on how long a turn takes.',
    restored:
      'No function is queued while one of a lower class runs that the same shard has placed before it.',
    repair: {
      scheduler: 'highest-class-first',
      words:
        'Strict classes at the shard, too. That gives up the other aim: a low function is not placed as long as higher ones come.',
    },
  },
];
