import { describe, expect, test } from 'vitest';
import type { Configuration } from '../../../model/configuration.ts';
import { Judge } from '../../../model/judge.ts';
import { ruleSetOf } from '../../../model/rules/rule-set.ts';
import {
  arrives,
  cluster,
  complete,
  enqueue,
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
} from '../../../model/testing.ts';
import { createAlps, createSrpt } from '../../../reference-impl/peers/alps.ts';
import { createEdf } from '../../../reference-impl/peers/edf.ts';
import { createKairos } from '../../../reference-impl/peers/kairos.ts';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import { play } from '../../../reference-impl/simulation/clock.ts';
import { synthesize } from '../../../reference-impl/simulation/synthetic.ts';
import type { PropertyId } from '../../catalogue.ts';
import type { Checker, Wrong } from '../../checkers/checker.ts';
import { askedOf } from '../../play/asked.ts';
import { Assessor } from '../../play/assessor.ts';
import { emptyCampaignTally } from '../../play/tally.ts';
import { edfEarliestDeadlineFirst } from './edf.ts';
import {
  alpsRunsTheShortestPredicted,
  kairosRunsTheLeastAttained,
  srptRunsTheShortestRemaining,
} from './preemptive.ts';

/** What is wrong with a story by this promise, at its last step and nowhere before. */
function wrongAtTheEnd({ config, lines }: Story, ...more: readonly Line[]) {
  return (property: PropertyId): string | null => {
    const assessor = new Assessor(config, emptyCampaignTally(), askedOf([property]));
    const all = [...lines, ...more];
    for (const [index, [at, stimulus, ...decisions]] of all.entries()) {
      const finding = assessor.assess(at, stimulus, decisions);
      if (finding !== null || index === all.length - 1) {
        expect(index, finding?.message).toBe(all.length - 1);
        return finding?.message ?? null;
      }
    }
    throw new Error('a story has a last step');
  };
}

/** 1 has run for 50 ms when 2 comes and takes its core. */
const taken = story(
  cluster(),
  ...arrives(0, 1, LOW, start(1)),
  [50, submit(2, LOW), enqueue(2, LOW)],
  [50, turn(), polls(2, 0), preempt(1), start(2)],
);

describe('Kairos runs the least attained', () => {
  const promise = 'kairos-runs-the-least-attained';

  test('from the moment when one comes', () => {
    const waits: Line = [50, turn(), polls(2, 0)];
    const queued = story(cluster(), ...arrives(0, 1, LOW, start(1)), [50, submit(2, LOW), enqueue(2, LOW)]);
    expect(wrongAtTheEnd(queued, waits)(promise)).toContain(
      'invocation 2 has attained 0 ms and waits, and invocation 1 has attained 50 ms and runs',
    );
    expect(wrongAtTheEnd(taken)(promise)).toBeNull();
  });

  test('until one is a quantum ahead of one that waits', () => {
    expect(wrongAtTheEnd(taken, [199, tick])(promise)).toBeNull();
    expect(wrongAtTheEnd(taken, [200, tick])(promise)).toContain('invocation 2 has attained 150 ms and runs');
    expect(wrongAtTheEnd(taken, [200, tick, preempt(2), start(1)])(promise)).toBeNull();
  });

  test('on every core', () => {
    const idle: Line = [60, finish(2), complete(2)];
    expect(wrongAtTheEnd(taken, idle)(promise)).toContain('0 of 1 core are busy');
  });
});

/** f has run for 100 ms; then 2 and 3 come, which are predicted as much, and 2 begins. */
const learnt = later(
  story(cluster(), ...arrives(0, 1, LOW, start(1)), [100, finish(1), complete(1)]),
  ...arrives(100, 2, LOW, start(2)),
  ...arrives(130, 3, LOW),
);

describe('ALPS, and SRPT where nobody tells it more, run the shortest predicted remaining', () => {
  test.each(['alps-runs-the-shortest-predicted', 'srpt-runs-the-shortest-remaining'] as const)(
    'by %s',
    (promise) => {
      expect(wrongAtTheEnd(learnt)(promise)).toBeNull();
      expect(wrongAtTheEnd(learnt, [130, tick, preempt(2), start(3)])(promise)).toContain(
        'invocation 2 has 70 ms left and waits, and invocation 3 has 100 ms left and runs',
      );
      expect(wrongAtTheEnd(learnt, [200, tick])(promise)).toBeNull();
      expect(wrongAtTheEnd(learnt, [201, tick])(promise)).toContain(
        'invocation 3 has 100 ms left and waits, and invocation 2 has run 1 ms more than expected and runs',
      );
      expect(wrongAtTheEnd(learnt, [201, tick, preempt(2), start(3)])(promise)).toBeNull();
    },
  );
});

test('EDF places by arrival plus expected run times highest price over own', () => {
  const promise = 'edf-earliest-deadline-first';
  const known = later(
    story(cluster(), ...arrives(0, 1, LOW, start(1)), [100, finish(1), complete(1)]),
    // Price 1 of at most 4: due at 100 + 400.
    [100, submit(2, LOW), enqueue(2, LOW)],
  );
  const places = (id: number): Line => [450, turn(), polls(id, 0), start(id)];
  const high = (at: number): Story => later(known, [at, submit(3, HIGH), enqueue(3, HIGH)]);
  expect(wrongAtTheEnd(high(399), places(3))(promise)).toBeNull();
  expect(wrongAtTheEnd(high(399), places(2))(promise)).toContain(
    'invocation 2 (deadline 500 ms) is placed, and invocation 3 (deadline 499 ms) stays queued',
  );
  expect(wrongAtTheEnd(high(401), places(2))(promise)).toBeNull();
  expect(wrongAtTheEnd(high(401), places(3))(promise)).not.toBeNull();
});

test('Hermod polls as many as it should, and takes the one where the fewest run', () => {
  const promise = 'hermod-least-loaded-of-k';
  const machines = [0, 1, 2].map(() => ({ cores: 2, ram: 10, swap: 5 }));
  const busy = later(
    story(cluster({ machines, kMachines: 2 }), [0, submit(1, LOW), enqueue(1, LOW)]),
    [0, turn(), polls(1, 0, [0, 1]), start(1)],
    [0, submit(2, LOW), enqueue(2, LOW)],
  );
  const places = (machine: number, polled: number[]): Line => [
    0,
    turn(),
    polls(2, machine, polled),
    start(2),
  ];
  expect(wrongAtTheEnd(busy, places(1, [0, 1]))(promise)).toBeNull();
  expect(wrongAtTheEnd(busy, places(0, [0, 1]))(promise)).toContain('machine 0 is chosen, where 1 run');
  expect(wrongAtTheEnd(busy, places(2, [2]))(promise)).toContain('1 of 2 machines are polled: 2');
  expect(wrongAtTheEnd(busy, places(2, [0, 1]))(promise)).toContain(
    'machine 2 is chosen, and was not polled',
  );
});

/** Plays a drawn workload in virtual time, with ticks and oracles, before one checker; counts what it was asked. */
function judgedInASimulation(
  scheduler: Scheduler,
  checkerOf: (truthMs: Map<number, number>, configuration: Configuration) => Checker,
) {
  const classes = [1, 4].map((price) => ({ name: `price ${price}`, price, weight: 1 }));
  const truthMs = new Map<number, number>();
  const configuration = cluster({
    classes: classes.map(({ name, price }) => ({ name, price })),
    machines: [0, 1].map(() => ({ cores: 2, ram: 100, swap: 0 })),
  });
  const checker = checkerOf(truthMs, configuration);
  const judge = new Judge(configuration, emptyCampaignTally(), ruleSetOf([]));
  let met = 0;
  let wrong: Wrong | null = null;
  play({
    scheduler: {
      ...scheduler,
      expect(id, runMs) {
        truthMs.set(id, runMs);
        scheduler.expect?.(id, runMs);
      },
    },
    configuration,
    workload: synthesize({
      classes,
      runtime: { kind: 'exponential', meanMs: 500 },
      memoryMb: { least: 1, most: 1, distribution: 'uniform' },
      growthSteps: 0,
      arrivals: 'poisson',
      tickMs: 1000,
      phases: [{ fromMs: 0, load: 0.9 }],
      cores: 4,
      untilMs: Number.POSITIVE_INFINITY,
      functions: 400,
      calls: { probability: 0, depth: 0 },
      seed: 1,
    }),
    observer({ at, stimulus, decisions }) {
      judge.step(at, stimulus, decisions);
      wrong ??= checker.check(judge.state, { at, stimulus, decisions: judge.taken }, () => met++);
    },
  });
  if (wrong === null) expect(met).toBeGreaterThan(100);
  return wrong;
}

describe('in a simulation, where there are ticks and the truth is known,', () => {
  test('each keeps its promise exactly', () => {
    expect(judgedInASimulation(createKairos(), kairosRunsTheLeastAttained)).toBeNull();
    expect(judgedInASimulation(createAlps(), alpsRunsTheShortestPredicted)).toBeNull();
    expect(judgedInASimulation(createSrpt(), srptRunsTheShortestRemaining)).toBeNull();
    expect(
      judgedInASimulation(createEdf(), (truthMs, configuration) =>
        edfEarliestDeadlineFirst(configuration, truthMs),
      ),
    ).toBeNull();
  });

  test('ALPS, which must predict, does not keep that of the oracle', () => {
    expect(judgedInASimulation(createAlps(), srptRunsTheShortestRemaining)).not.toBeNull();
  });
});
