import {
  arrives,
  boot,
  cluster,
  complete,
  enqueue,
  finish,
  forget,
  HIGH,
  type Line,
  LOW,
  later,
  list,
  polls,
  probe,
  reserve,
  start,
  story,
  submit,
  takes,
  throttle,
  tick,
  turn,
  unlist,
} from '../../model/testing.ts';
import type { OnRequestId } from '../property.ts';
import { empty, placesAndStarts, type Told } from './told.ts';
import {
  highRuns,
  listedAndQueued,
  machines,
  nextWaits,
  pooled,
  reserved,
  reserving,
  runs,
  takesIt,
  three,
  twoAnswers,
} from './told-of-peers.ts';

/** A step that breaks a promise, what is said of it, and one that is nearly the same and keeps it. */
export interface Broken {
  readonly id: OnRequestId;
  readonly when: string;
  readonly breaks: Told;
  readonly message: string;
  readonly keeps: Told;
}

const twoMachines = cluster({ machines: machines(1, 1) });
const reservingTwo = later(
  story(cluster({ words: ['reservations'] })),
  [0, submit(1, LOW), enqueue(1, LOW), reserve(1, 0)],
  [0, submit(2, LOW), enqueue(2, LOW), reserve(2, 0)],
);
const reservingThree = story(cluster({ words: ['reservations'], machines: machines(1, 1, 1) }));
const bothListed = later(story(twoMachines, [0, boot, list(1, 0, 10, 0, [0]), list(0, 0, 10, 0, [0])]), [
  0,
  submit(1, LOW),
  enqueue(1, LOW),
]);
/** Answers of 9, 1 and 1 in flight: more than 1 is hot. */
const oneHot = pooled(probe(0, 2, 1, 7), probe(0, 0, 9, 2), probe(0, 1, 1, 8), forget(0, 2));
const allHot = pooled(
  probe(0, 2, 1, 7),
  probe(0, 2, 1, 7),
  probe(0, 2, 1, 7),
  probe(0, 0, 9, 2),
  probe(0, 1, 8, 3),
  forget(0, 2),
);
const oneMore: Line = [0, submit(3, LOW), enqueue(3, LOW), polls(3, 0), start(3)];

/** Function f of tenant 0: |h("0") XOR h("f")| = 48 XOR 102 = 86, at home on machine 0 of two. */
const AT_HOME = 0;

/** For each promise of a peer, steps that break it and steps that nearly do. */
export const BROKEN_PROMISES: readonly Broken[] = [
  {
    id: 'openwhisk-home-before-spill',
    when: 'a function goes elsewhere while its home has a slot left',
    breaks: [
      later(story(twoMachines), [0, submit(1, LOW), enqueue(1, LOW)]),
      [0, turn(), polls(1, 1 - AT_HOME)],
    ],
    message: 'comes first to machine 0',
    keeps: [later(story(twoMachines), [0, submit(1, LOW), enqueue(1, LOW)]), [0, turn(), polls(1, AT_HOME)]],
  },
  {
    id: 'openwhisk-home-before-spill',
    when: 'a function stays at home after the last slot there was taken',
    breaks: [
      later(story(twoMachines), ...arrives(0, 1, LOW, start(1)), [0, submit(2, LOW), enqueue(2, LOW)]),
      [0, turn(), polls(2, 0)],
    ],
    message: 'comes first to machine 1',
    keeps: [
      later(story(twoMachines), ...arrives(0, 1, LOW, start(1)), [0, submit(2, LOW), enqueue(2, LOW)]),
      [0, turn(), polls(2, 1)],
    ],
  },
  {
    id: 'knative-central-queue',
    when: 'an invocation waits although a core is free',
    breaks: [empty, [0, submit(1, LOW), enqueue(1, LOW)]],
    message: 'waits at shard 0 while machine 0 has a core to spare',
    keeps: [runs, [0, submit(2, LOW), enqueue(2, LOW)]],
  },
  {
    id: 'knative-central-queue',
    when: 'the second to come is placed first',
    breaks: [
      later(runs, [0, submit(2, LOW), enqueue(2, LOW)], [0, submit(3, LOW), enqueue(3, LOW)]),
      [0, finish(1), complete(1), polls(3, 0), start(3)],
    ],
    message: 'invocation 3 is placed before invocation 2',
    keeps: [
      later(runs, [0, submit(2, LOW), enqueue(2, LOW)], [0, submit(3, LOW), enqueue(3, LOW)]),
      [0, finish(1), complete(1), polls(2, 0), start(2)],
    ],
  },
  {
    id: 'knative-central-queue',
    when: 'an invocation is placed where no core is free',
    breaks: [later(runs, [0, submit(2, LOW), enqueue(2, LOW)]), [0, turn(), polls(2, 0)]],
    message: 'whose cores are all taken',
    keeps: [later(runs, [0, submit(2, LOW), enqueue(2, LOW)]), [0, turn()]],
  },
  {
    id: 'sparrow-launches-once',
    when: 'the second in line is launched',
    breaks: [reservingTwo, [0, turn(), polls(2, 0), start(2)]],
    message: 'invocation 1 is first in line',
    keeps: [reservingTwo, [0, turn(), polls(1, 0), start(1)]],
  },
  {
    id: 'sparrow-launches-once',
    when: 'an invocation is launched where it holds no place',
    breaks: [later(reserving, [0, submit(1, LOW), enqueue(1, LOW)]), placesAndStarts],
    message: 'none holds a place',
    keeps: [reserved, placesAndStarts],
  },
  {
    id: 'sparrow-launches-once',
    when: 'an invocation holds three places',
    breaks: [
      reservingThree,
      [0, submit(1, LOW), enqueue(1, LOW), reserve(1, 0), reserve(1, 1), reserve(1, 2)],
    ],
    message: 'invocation 1 holds 3 places in line',
    keeps: [reservingThree, [0, submit(1, LOW), enqueue(1, LOW), reserve(1, 0), reserve(1, 1)]],
  },
  {
    id: 'sparrow-wastes-no-slot',
    when: 'a machine is free and an invocation waits in its line',
    breaks: [reserving, [0, submit(1, LOW), enqueue(1, LOW), reserve(1, 0)]],
    message: 'machine 0 has a core to spare, and invocation 1 waits in its line',
    keeps: [reserving, [0, submit(1, LOW), enqueue(1, LOW), reserve(1, 0), polls(1, 0), start(1)]],
  },
  {
    id: 'jiq-lists-once',
    when: 'a machine whose core is taken stays on its queue',
    breaks: [listedAndQueued, [0, turn(), takes(1, 0), start(1)]],
    message: 'has no core to spare, and is on 1 of the idle queues',
    keeps: [listedAndQueued, takesIt],
  },
  {
    id: 'jiq-lists-once',
    when: 'a machine that is idle again joins no queue',
    breaks: [later(listedAndQueued, takesIt), [0, finish(1), complete(1)]],
    message: 'is on no idle queue',
    keeps: [later(listedAndQueued, takesIt), [0, finish(1), complete(1), list(0, 0, 10, 0, [0])]],
  },
  {
    id: 'jiq-idle-before-random',
    when: 'the second of the queue is taken',
    breaks: [bothListed, [0, turn(), takes(1, 0), unlist(0, 0), start(1)]],
    message: 'machine 1 is first on its idle queue',
    keeps: [bothListed, [0, turn(), takes(1, 1), unlist(1, 0), start(1)]],
  },
  {
    id: 'prequal-probes-within-its-pool',
    when: 'a pool holds more than one answer for two machines',
    breaks: [story(three), [0, tick, probe(0, 0), probe(0, 1), probe(0, 2)]],
    message: 'holds 3 answers, and 2 is the most',
    keeps: [story(three), [0, tick, probe(0, 0), probe(0, 1), probe(0, 1)]],
  },
  {
    id: 'prequal-probes-within-its-pool',
    when: 'four machines are probed at once',
    breaks: [story(three), [0, tick, probe(0, 0), probe(0, 0), probe(0, 1), probe(0, 1)]],
    message: 'probes 4 machines in a step',
    keeps: [story(three), [0, tick, probe(0, 0), probe(0, 0), probe(0, 1)]],
  },
  {
    id: 'prequal-cold-before-hot',
    when: 'a hot machine is taken for its latency',
    breaks: [oneHot, placesAndStarts],
    message: 'by its pool it is machine 1 (1 in flight, 8 ms), and more than 1 in flight is hot',
    keeps: [oneHot, [0, turn(), polls(1, 1), start(1)]],
  },
  {
    id: 'prequal-cold-before-hot',
    when: 'all are hot, and the fuller one is taken for its latency',
    breaks: [allHot, placesAndStarts],
    message: 'by its pool it is machine 1 (8 in flight, 3 ms)',
    keeps: [allHot, [0, turn(), polls(1, 1), start(1)]],
  },
  {
    id: 'prequal-cold-before-hot',
    when: 'of two cold machines the slower is taken',
    breaks: [twoAnswers, [0, turn(), polls(1, 1), start(1)]],
    message: 'by its pool it is machine 0',
    keeps: [twoAnswers, placesAndStarts],
  },
  {
    id: 'aws-reserved-floor',
    when: 'one of the highest class is throttled below its reservation',
    breaks: [runs, [0, submit(2, HIGH), throttle(2)]],
    message: 'invocation 2 is throttled while 0 of its class run, and 1 are reserved',
    keeps: [highRuns, [0, submit(2, HIGH), throttle(2)]],
  },
  {
    id: 'aws-reserved-floor',
    when: 'one of the highest class waits below its reservation',
    breaks: [runs, [0, submit(2, HIGH), enqueue(2, HIGH)]],
    message: 'invocation 2 waits while 0 of its class run, and 1 are reserved',
    keeps: [highRuns, [0, submit(2, HIGH), enqueue(2, HIGH)]],
  },
  {
    id: 'aws-cap',
    when: 'one more runs than is not reserved',
    breaks: [runs, oneMore],
    message: 'invocation 3 is placed while 1 run of those that share its limit of 1',
    keeps: [highRuns, oneMore],
  },
  {
    id: 'aws-cap',
    when: 'one more of the highest class runs than is reserved',
    breaks: [nextWaits(HIGH), [0, turn(), polls(2, 0), start(2)]],
    message: 'invocation 2 is placed while 1 run of those that share its limit of 1',
    keeps: [nextWaits(LOW), [0, turn(), polls(2, 0), start(2)]],
  },
];
