import {
  arrives,
  cluster,
  enqueue,
  type Line,
  LOW,
  later,
  polls,
  start,
  story,
  submit,
  tick,
  turn,
} from '../../model/testing.ts';
import type { Pair } from './premise-pair.ts';

/** 1 runs, and 2 is queued; or placed beside it, where it waits. */
const runs = story(cluster(), ...arrives(0, 1, LOW, start(1)));
const nextIsQueued = later(runs, [0, submit(2, LOW), enqueue(2, LOW)]);
const waits: Line = [0, turn(), polls(2, 0)];
const quiet: Line = [0, tick];

/** 1 is queued, and so is 2. */
const oneQueued = story(cluster(), [0, submit(1, LOW), enqueue(1, LOW)]);
const twoQueued = later(oneQueued, [0, submit(2, LOW), enqueue(2, LOW)]);
const placesTheFirst: Line = [0, turn(), polls(1, 0), start(1)];

/** Of what those promise who run or place by an order: each put to the test, and nearly so. */
export const PAIRS_OF_ORDERS: readonly Pair[] = [
  {
    id: 'hermod-least-loaded-of-k',
    since: 'one is placed',
    meets: [oneQueued, placesTheFirst],
    misses: [oneQueued, quiet],
    alone: true,
  },
  ...(
    [
      'kairos-runs-the-least-attained',
      'alps-runs-the-shortest-predicted',
      'srpt-runs-the-shortest-remaining',
    ] as const
  ).map(
    (id): Pair => ({
      id,
      since: 'one waits on a machine, and not in a queue',
      meets: [nextIsQueued, waits],
      misses: [nextIsQueued, quiet],
      alone: true,
    }),
  ),
  {
    id: 'edf-earliest-deadline-first',
    since: 'another stays queued',
    meets: [twoQueued, placesTheFirst],
    misses: [oneQueued, placesTheFirst],
    alone: true,
  },
];
