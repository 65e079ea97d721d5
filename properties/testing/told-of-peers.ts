import {
  boot,
  cluster,
  drain,
  enqueue,
  forget,
  HIGH,
  type Line,
  LOW,
  later,
  list,
  MID,
  polls,
  probe,
  release,
  reserve,
  restart,
  type Story,
  start,
  story,
  submit,
  takes,
  throttle,
  tick,
  turn,
  unlist,
} from '../../model/testing.ts';
import { empty, type Pair, placesAndStarts, queued, quiet } from './told.ts';

export const machines = (...cores: readonly number[]) =>
  cores.map((count) => ({ cores: count, ram: 10, swap: 5 }));
/** Runs from the step in which it was submitted: peers that need no turn leave nothing waiting while a core is free. */
export const runs = later(empty, [0, submit(1, LOW), enqueue(1, LOW), polls(1, 0), start(1)]);

export const reserving = story(cluster({ words: ['reservations'] }));
export const reserved = later(reserving, [0, submit(1, LOW), enqueue(1, LOW), reserve(1, 0)]);
const runsReserved = later(reserving, [
  0,
  submit(1, LOW),
  enqueue(1, LOW),
  reserve(1, 0),
  polls(1, 0),
  start(1),
]);
const reservesNext: Line = [0, submit(2, LOW), enqueue(2, LOW), reserve(2, 0)];

const listed = story(cluster(), [0, boot, list(0, 0, 10, 0, [0])]);
export const listedAndQueued = later(listed, [0, submit(1, LOW), enqueue(1, LOW)]);
export const takesIt: Line = [0, turn(), takes(1, 0), unlist(0, 0), start(1)];

export const three = cluster({ words: ['probes'], machines: machines(1, 1, 1) });
export const pooled = (...answers: ReturnType<typeof probe>[]): Story =>
  later(story(three), [0, tick, ...answers], [0, submit(1, LOW), enqueue(1, LOW)]);
export const twoAnswers = pooled(probe(0, 0, 0, 5), probe(0, 1, 0, 9));

export const highRuns = later(empty, [0, submit(1, HIGH), enqueue(1, HIGH), polls(1, 0), start(1)]);
export const nextWaits = (priceClass: number): Story =>
  later(highRuns, [0, submit(2, priceClass), enqueue(2, priceClass)]);

/** For each promise of a peer, steps that put it to the test and steps that do not. */
export const PREMISES_OF_PEERS: readonly Pair[] = [
  {
    id: 'openwhisk-home-before-spill',
    since: 'a function is placed',
    meets: [queued, placesAndStarts],
    misses: [queued, quiet],
    alone: true,
  },
  {
    id: 'knative-central-queue',
    since: 'an invocation waits when the step ends',
    meets: [runs, [0, submit(2, LOW), enqueue(2, LOW)]],
    misses: [runs, [0, submit(2, LOW), throttle(2)]],
    alone: true,
  },
  {
    id: 'knative-central-queue',
    since: 'an invocation is placed',
    meets: [empty, [0, submit(1, LOW), enqueue(1, LOW), polls(1, 0), start(1)]],
    misses: [empty, [0, submit(1, LOW), throttle(1)]],
    alone: true,
  },
  {
    id: 'sparrow-launches-once',
    since: 'an invocation takes a place in line',
    meets: [reserving, [0, submit(1, LOW), enqueue(1, LOW), reserve(1, 0)]],
    misses: [reserving, [0, submit(1, LOW), enqueue(1, LOW)]],
    alone: true,
  },
  {
    id: 'sparrow-launches-once',
    since: 'an invocation is placed',
    meets: [reserved, placesAndStarts],
    misses: [reserved, [0, turn(), release(1, 0)]],
    alone: true,
  },
  {
    id: 'sparrow-wastes-no-slot',
    since: 'an invocation holds a place in line',
    meets: [runsReserved, reservesNext],
    misses: [runsReserved, [0, submit(2, LOW), enqueue(2, LOW)]],
    alone: true,
  },
  {
    id: 'jiq-lists-once',
    since: 'the machine has a core to spare',
    meets: [listed, quiet],
    misses: [later(listedAndQueued, takesIt), quiet],
    alone: true,
  },
  {
    id: 'jiq-idle-before-random',
    since: 'a machine is on the idle queue',
    meets: [listedAndQueued, takesIt],
    misses: [queued, placesAndStarts],
    alone: true,
  },
  {
    id: 'jiq-idle-before-random',
    since: 'the queue has outlived a restart of the shard',
    meets: [later(listedAndQueued, quiet), takesIt],
    misses: [later(listedAndQueued, [0, restart(0)]), placesAndStarts],
    alone: true,
  },
  {
    id: 'prequal-probes-within-its-pool',
    since: 'a machine is probed',
    meets: [story(three), [0, tick, probe(0, 0)]],
    misses: [pooled(probe(0, 0)), [0, tick, forget(0, 0)]],
    alone: true,
  },
  {
    id: 'prequal-cold-before-hot',
    since: 'there are two answers',
    meets: [twoAnswers, placesAndStarts],
    misses: [pooled(probe(0, 0, 0, 5)), placesAndStarts],
    alone: true,
  },
  {
    id: 'prequal-cold-before-hot',
    since: 'the answers are not a second old',
    meets: [twoAnswers, [999, turn(), polls(1, 0), start(1)]],
    misses: [twoAnswers, [1000, turn(), polls(1, 0), start(1)]],
    alone: true,
  },
  {
    id: 'prequal-cold-before-hot',
    since: 'both machines take work',
    meets: [twoAnswers, placesAndStarts],
    misses: [later(twoAnswers, [0, drain(1)]), placesAndStarts],
    alone: true,
  },
  {
    id: 'aws-reserved-floor',
    since: 'one of the highest class is submitted',
    meets: [empty, [0, submit(1, HIGH), enqueue(1, HIGH), polls(1, 0), start(1)]],
    misses: [empty, [0, submit(1, MID), enqueue(1, MID), polls(1, 0), start(1)]],
    alone: true,
  },
  {
    id: 'aws-reserved-floor',
    since: 'one of the highest class waits',
    meets: [nextWaits(HIGH), quiet],
    misses: [nextWaits(MID), quiet],
    alone: true,
  },
  {
    id: 'aws-cap',
    since: 'an invocation is placed',
    meets: [queued, placesAndStarts],
    misses: [queued, quiet],
    alone: true,
  },
];
