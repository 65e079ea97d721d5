import { describe, expect, test } from 'vitest';
import type { Configuration } from '../../../model/configuration.ts';
import { Judge } from '../../../model/judge.ts';
import { ruleSetOf } from '../../../model/rules/rule-set.ts';
import { cluster } from '../../../model/testing.ts';
import { createAlps, createSrpt } from '../../../reference-impl/peers/alps.ts';
import { createEdf } from '../../../reference-impl/peers/edf.ts';
import { createKairos } from '../../../reference-impl/peers/kairos.ts';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import { play } from '../../../reference-impl/simulation/clock.ts';
import { synthesize } from '../../../reference-impl/simulation/synthetic.ts';
import type { Checker, Wrong } from '../../checkers/checker.ts';
import { emptyCampaignTally } from '../../play/tally.ts';
import { edfEarliestDeadlineFirst } from './edf.ts';
import {
  alpsRunsTheShortestPredicted,
  kairosRunsTheLeastAttained,
  srptRunsTheShortestRemaining,
} from './preemptive.ts';

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
