import {
  arrives,
  cluster,
  complete,
  enqueue,
  evict,
  finish,
  HIGH,
  type Line,
  LOW,
  later,
  polls,
  preempt,
  type Story,
  start,
  story,
  submit,
  tick,
  turn,
} from '../../model/testing.ts';
import type { Pair } from './told.ts';
import type { Broken } from './told-of-promises.ts';

/** Stories of those who go by an order: of who runs, of who is placed, of who is evicted, of where one is placed. */

const comes = (at: number, id: number, priceClass: number): Line => [
  at,
  submit(id, priceClass),
  enqueue(id, priceClass),
];
const empty = story(cluster());
const queued = later(empty, comes(0, 1, LOW));
const runs = story(cluster(), ...arrives(0, 1, LOW, start(1)));
const nextIsQueued = later(runs, comes(0, 2, LOW));
const places: Line = [0, turn(), polls(1, 0), start(1)];
const waits: Line = [0, turn(), polls(2, 0)];
const quiet: Line = [0, tick];

/** 1 has run for 50 ms when 2 comes; and takes its core. */
const second = later(runs, comes(50, 2, LOW));
const takes: Line = [50, turn(), polls(2, 0), preempt(1), start(2)];
const taken = later(second, takes);

/** A function has run for 100 ms; then 2 and 3 come, which are predicted as much, and 2 begins. */
const learnt = later(
  story(cluster(), ...arrives(0, 1, LOW, start(1)), [100, finish(1), complete(1)]),
  ...arrives(100, 2, LOW, start(2)),
  ...arrives(130, 3, LOW),
);

/** It has; 2 of price 1 comes at 100, due at 100 + 4 × 100, and 3 of price 4 later, due at 100 ms more than that. */
const due = (at: number): Story =>
  later(
    story(cluster(), ...arrives(0, 1, LOW, start(1)), [100, finish(1), complete(1)]),
    comes(100, 2, LOW),
    comes(at, 3, HIGH),
  );
const placesOf = (id: number): Line => [450, turn(), polls(id, 0), start(id)];

/** 1 runs on machine 0 of three, of which two are polled, and 2 is queued. */
const busy = later(
  story(cluster({ machines: [0, 1, 2].map(() => ({ cores: 2, ram: 10, swap: 5 })), kMachines: 2 })),
  comes(0, 1, LOW),
  [0, turn(), polls(1, 0, [0, 1]), start(1)],
  comes(0, 2, LOW),
);
const goesTo = (machine: number, polled: number[]): Line => [0, turn(), polls(2, machine, polled), start(2)];

/** 1 of the lowest class fills machine 0, of one or of two, and 2 is queued. */
const full = (priceClass: number, machines = 1): Story =>
  later(
    story(
      cluster({
        words: ['evictions'],
        machines: Array.from({ length: machines }, () => ({ cores: 1, ram: 10, swap: 5 })),
      }),
      ...arrives(0, 1, LOW, start(1)),
    ),
    comes(0, 2, priceClass),
  );
const evicts: Line = [0, turn(), evict(1), polls(2, 0), start(2)];

const OF_WAITING = [
  'kairos-runs-the-least-attained',
  'alps-runs-the-shortest-predicted',
  'srpt-runs-the-shortest-remaining',
] as const;
const OF_EVICTIONS = [
  'kubernetes-evicts-only-strictly-lower',
  'kubernetes-evicts-only-if-nothing-fits',
] as const;

export const PREMISES_OF_ORDERS: readonly Pair[] = [
  {
    id: 'hermod-least-loaded-of-k',
    since: 'one is placed',
    meets: [queued, places],
    misses: [queued, quiet],
    alone: true,
  },
  ...OF_WAITING.map(
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
    meets: [later(queued, comes(0, 2, LOW)), places],
    misses: [queued, places],
    alone: true,
  },
  ...OF_EVICTIONS.map(
    (id): Pair => ({
      id,
      since: 'one is evicted',
      meets: [full(HIGH), evicts],
      misses: [full(HIGH), quiet],
      alone: true,
    }),
  ),
];

export const BROKEN_ORDERS: readonly Broken[] = [
  {
    id: 'hermod-least-loaded-of-k',
    when: 'fewer run on another machine that was polled',
    breaks: [busy, goesTo(0, [0, 1])],
    message: 'machine 0 is chosen, where 1 run, and on machine 1 only 0 run',
    keeps: [busy, goesTo(1, [0, 1])],
  },
  {
    id: 'hermod-least-loaded-of-k',
    when: 'one machine too few is polled',
    breaks: [busy, goesTo(2, [2])],
    message: '1 of 2 machines are polled: 2',
    keeps: [busy, goesTo(2, [0, 2])],
  },
  {
    id: 'hermod-least-loaded-of-k',
    when: 'one is placed where nobody polled',
    breaks: [busy, goesTo(2, [0, 1])],
    message: 'machine 2 is chosen, and was not polled',
    keeps: [busy, goesTo(2, [1, 2])],
  },
  {
    id: 'kairos-runs-the-least-attained',
    when: 'one comes, and the core stays with one that has run longer',
    breaks: [second, [50, turn(), polls(2, 0)]],
    message: 'invocation 2 has attained 0 ms and waits, and invocation 1 has attained 50 ms and runs',
    keeps: [second, takes],
  },
  {
    id: 'kairos-runs-the-least-attained',
    when: 'one that runs is a quantum ahead',
    breaks: [taken, [200, tick]],
    message: 'invocation 1 has attained 50 ms and waits, and invocation 2 has attained 150 ms and runs',
    keeps: [taken, [199, tick]],
  },
  {
    id: 'kairos-runs-the-least-attained',
    when: 'a core is idle',
    breaks: [taken, [60, finish(2), complete(2)]],
    message: 'invocation 1 waits, and 0 of 1 core are busy',
    keeps: [taken, [60, finish(2), complete(2), start(1)]],
  },
  ...(['alps-runs-the-shortest-predicted', 'srpt-runs-the-shortest-remaining'] as const).flatMap(
    (id): Broken[] => [
      {
        id,
        when: 'one with more left runs',
        breaks: [learnt, [130, tick, preempt(2), start(3)]],
        message: 'invocation 2 has 70 ms left and waits, and invocation 3 has 100 ms left and runs',
        keeps: [learnt, [200, tick]],
      },
      {
        id,
        when: 'one that has outrun its prediction runs',
        breaks: [learnt, [201, tick]],
        message:
          'invocation 3 has 100 ms left and waits, and invocation 2 has run 1 ms more than expected and runs',
        keeps: [learnt, [201, tick, preempt(2), start(3)]],
      },
    ],
  ),
  {
    id: 'edf-earliest-deadline-first',
    when: 'a deadline is later, though its price is lower',
    breaks: [due(399), placesOf(2)],
    message: 'invocation 2 (deadline 500 ms) is placed, and invocation 3 (deadline 499 ms) stays queued',
    keeps: [due(399), placesOf(3)],
  },
  {
    id: 'edf-earliest-deadline-first',
    when: 'a deadline is later, though its price is higher',
    breaks: [due(401), placesOf(3)],
    message: 'invocation 3 (deadline 501 ms) is placed, and invocation 2 (deadline 500 ms) stays queued',
    keeps: [due(401), placesOf(2)],
  },
  {
    id: 'kubernetes-evicts-only-strictly-lower',
    when: 'one of the same class is evicted',
    breaks: [full(LOW), evicts],
    message: 'invocation 1 of class 0 is evicted for invocation 2 of class 0',
    keeps: [full(HIGH), evicts],
  },
  {
    id: 'kubernetes-evicts-only-strictly-lower',
    when: 'one is evicted for nobody',
    breaks: [full(HIGH), [0, turn(), evict(1)]],
    message: 'invocation 1 is evicted, and nobody is placed there',
    keeps: [full(HIGH), evicts],
  },
  {
    id: 'kubernetes-evicts-only-if-nothing-fits',
    when: 'another machine has a core to spare',
    breaks: [full(HIGH, 2), evicts],
    message: 'invocation 1 is evicted, and machine 1 has a core to spare',
    keeps: [full(HIGH), evicts],
  },
];
