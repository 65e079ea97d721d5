import { counted } from '../../../model/counted.ts';
import type { Invocation } from '../../../model/entities.ts';
import { PHASE } from '../../../model/table.ts';
import { KAIROS_QUANTUM_MS } from '../../../reference-impl/peers/kairos.ts';
import type { Checker } from '../../checkers/checker.ts';
import type { PropertyId } from '../../property.ts';
import { type PeerPromise, promised } from './promise.ts';
import { Runs } from './runs.ts';

/**
 * What machines that preempt promise: whoever waits there waits for others that go before it, and for as many as there are
 * cores. Judged from the trace alone, with the times that it says.
 */

/** Kairos: of the least attained service, a quantum apart at most. */
export function kairosRunsTheLeastAttained(): Checker {
  return waitsForOthers('kairos-runs-the-least-attained', (runs, waits, runner) => {
    const waitsMs = runs.attainedMs(waits.id);
    const runsMs = runs.attainedMs(runner.id);
    const aheadMs = runsMs - waitsMs;
    const mostMs = runs.changed.has(waits.machine!.id) ? 0 : KAIROS_QUANTUM_MS - 1;
    return aheadMs <= mostMs
      ? null
      : `invocation ${waits.id} has attained ${waitsMs} ms and waits, and invocation ${runner.id} has attained ${runsMs} ms and runs`;
  });
}

/** ALPS: of the shortest predicted remaining time; those that have outrun their prediction come last. */
export function alpsRunsTheShortestPredicted(): Checker {
  return shortestRemaining('alps-runs-the-shortest-predicted', new Map());
}

/**
 * SRPT: of the shortest remaining time.
 *
 * @param truthMs how long each runs in all, by id, where that is known; elsewhere it is predicted as for ALPS.
 */
export function srptRunsTheShortestRemaining(truthMs: ReadonlyMap<number, number> = new Map()): Checker {
  return shortestRemaining('srpt-runs-the-shortest-remaining', truthMs);
}

function shortestRemaining(property: PropertyId, truthMs: ReadonlyMap<number, number>): Checker {
  return waitsForOthers(property, (runs, waits, runner) => {
    const left = ({ id }: Invocation): number =>
      (truthMs.get(id) ?? runs.predictedMs(id)) - runs.attainedMs(id);
    const waitsMs = left(waits);
    const runsMs = left(runner);
    if (waitsMs < 0 || (runsMs >= 0 && runsMs <= waitsMs)) return null;
    const leftOfRunner = runsMs < 0 ? `has run ${-runsMs} ms more than expected` : `has ${runsMs} ms left`;
    return `invocation ${waits.id} has ${waitsMs} ms left and waits, and invocation ${runner.id} ${leftOfRunner} and runs`;
  });
}

/** Why it is wrong that one waits while another runs on its machine; null when it is right. */
type Objection = (runs: Runs, waits: Invocation, runner: Invocation) => string | null;

function waitsForOthers(property: PropertyId, objectionTo: Objection): Checker {
  const runs = new Runs();
  return {
    property,
    check(state, step, met) {
      runs.follow(step);
      for (const waits of state.byPhase[PHASE.ready]!) {
        met(property);
        const wrong = wrongAbout(waits, (runner) => objectionTo(runs, waits, runner));
        if (wrong !== null) return { property, entity: `machine ${waits.machine!.id}`, message: wrong };
      }
      return null;
    },
  };
}

function wrongAbout(waits: Invocation, objectionTo: (runner: Invocation) => string | null): string | null {
  const { cores, running, live } = waits.machine!;
  if (running < cores) {
    return `invocation ${waits.id} waits, and ${running} of ${counted(cores, 'core')} ${running === 1 ? 'is' : 'are'} busy`;
  }
  for (const runner of live) {
    const objection = runner.phase === PHASE.running ? objectionTo(runner) : null;
    if (objection !== null) return objection;
  }
  return null;
}

export const kairosLeastAttained: PeerPromise = {
  property: promised({
    id: 'kairos-runs-the-least-attained',
    name: 'Kairos: the least attained run',
    peer: 'kairos',
    sentence:
      'An invocation waits on its machine only while every core there runs one that has run no longer than it has; or less than 100 ms longer, if the step has changed nothing about who lives or runs there.',
    premise: 'somebody waits on a machine',
    judgedIn: 'properties/on-request/peers/preemptive.ts',
  }),
  create: kairosRunsTheLeastAttained,
};

export const alpsShortestPredicted: PeerPromise = {
  property: promised({
    id: 'alps-runs-the-shortest-predicted',
    name: 'ALPS: the shortest predicted remaining run',
    peer: 'alps',
    sentence:
      'An invocation that has not outrun its prediction waits on its machine only while every core there runs another such, with no more left to run; and one that has, only while every core is busy. What is predicted when one is queued is the mean of the last 8 runs of its function that had completed, in whole ms, and 0 before there were any.',
    premise: 'somebody waits on a machine',
    judgedIn: 'properties/on-request/peers/preemptive.ts',
  }),
  create: alpsRunsTheShortestPredicted,
};

export const srptShortestRemaining: PeerPromise = {
  property: promised({
    id: 'srpt-runs-the-shortest-remaining',
    name: 'SRPT: the shortest remaining run',
    peer: 'srpt',
    sentence:
      'An invocation waits on its machine only while every core there runs one with no more left to run. How long each runs is the truth where that is known, as in a simulation, and elsewhere what ALPS predicts, with those last that have outrun it.',
    premise: 'somebody waits on a machine',
    judgedIn: 'properties/on-request/peers/preemptive.ts',
  }),
  create: () => srptRunsTheShortestRemaining(),
};
