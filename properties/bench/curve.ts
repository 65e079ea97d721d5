import type { Decision, TimedStimulus } from '../../model/alphabet.ts';
import { emptyTally } from '../../model/coverage.ts';
import { Judge } from '../../model/judge.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { type LoadedCluster, loadCluster } from './growth.ts';
import { cpuMicros, ratios, type Spread, spreadOf } from './measure.ts';

/** What a step costs on a cluster of this many machines. */
export interface CurvePoint {
  readonly machines: number;
  readonly reference: CurveFigure;
  readonly referenceAndJudge: CurveFigure;
  /** Reference and judge, when all that happens concerns the same few invocations. */
  readonly focused: CurveFigure;
}

export interface CurveFigure {
  /** µs a step. */
  readonly micros: Spread;
  /** How many times as much as on the smallest cluster, round by round. */
  readonly ratio: Spread;
}

export interface CurveEffort {
  /** Numbers of machines, the smallest first. */
  readonly machines: readonly number[];
  readonly steps: number;
  readonly rounds: number;
}

/** Steps that one cluster plays before the next has its turn. */
const CHUNK = 1000;

/** µs a step of one cluster in one round. */
interface Cost {
  reference: number;
  judge: number;
  focused: number;
}

/**
 * The cost of a step by the number of machines. In every round each cluster is filled, and then all of them play their
 * steps in turn, a chunk each, so that other load on the computer affects all of them alike.
 */
export function measureCurve({ machines, steps, rounds }: CurveEffort): CurvePoint[] {
  const loaded = machines.map((count) => loadCluster(count, steps));
  // The first round only warms up.
  const costs = Array.from({ length: rounds + 1 }, () => playRound(loaded)).slice(1);
  const figure = (index: number, costOf: (cost: Cost) => number): CurveFigure => {
    const micros = costs.map((round) => costOf(round[index]!));
    const smallest = costs.map((round) => costOf(round[0]!));
    return { micros: spreadOf(micros), ratio: ratios(micros, smallest) };
  };
  return machines.map((count, index) => ({
    machines: count,
    reference: figure(index, ({ reference }) => reference),
    referenceAndJudge: figure(index, ({ reference, judge }) => reference + judge),
    focused: figure(index, ({ focused }) => focused),
  }));
}

function playRound(loaded: readonly LoadedCluster[]): Cost[] {
  const players = loaded.map((one) => new Player(one));
  const steps = loaded[0]!.everywhere.length;
  for (let from = 0; from < steps; from += CHUNK) {
    for (const player of players) player.playEverywhere(from);
  }
  for (let from = 0; from < steps; from += CHUNK) {
    for (const player of players) player.playFocused(from);
  }
  return players.map(({ cost }) => ({
    reference: cost.reference / steps,
    judge: cost.judge / steps,
    focused: cost.focused / steps,
  }));
}

class Player {
  readonly cost: Cost = { reference: 0, judge: 0, focused: 0 };
  private readonly cluster: LoadedCluster;
  private readonly scheduler = createXX();
  private readonly judge: Judge;

  constructor(cluster: LoadedCluster) {
    this.cluster = cluster;
    this.judge = new Judge(cluster.config, emptyTally());
    this.scheduler.reset(cluster.config);
    for (let from = 0; from < cluster.filling.length; from += CHUNK) {
      const chunk = chunkOf(cluster.filling, from);
      this.judgeAll(chunk, this.decideAll(chunk));
    }
  }

  playEverywhere(from: number): void {
    const chunk = chunkOf(this.cluster.everywhere, from);
    const startedAt = cpuMicros();
    const decisions = this.decideAll(chunk);
    const decidedAt = cpuMicros();
    this.judgeAll(chunk, decisions);
    this.cost.reference += decidedAt - startedAt;
    this.cost.judge += cpuMicros() - decidedAt;
  }

  playFocused(from: number): void {
    const chunk = chunkOf(this.cluster.focused, from);
    const startedAt = cpuMicros();
    this.judgeAll(chunk, this.decideAll(chunk));
    this.cost.focused += cpuMicros() - startedAt;
  }

  private decideAll(steps: readonly TimedStimulus[]): Decision[][] {
    return steps.map(({ at, stimulus }) => this.scheduler.step(at, stimulus));
  }

  private judgeAll(steps: readonly TimedStimulus[], decisions: readonly (readonly Decision[])[]): void {
    for (let index = 0; index < steps.length; index++) {
      const { at, stimulus } = steps[index]!;
      const violation = this.judge.step(at, stimulus, decisions[index]!);
      if (violation !== null) throw new Error(violation.message);
    }
  }
}

/** Fresh copies: what was recorded long ago has left the caches, which a director's stimuli have not. */
function chunkOf(steps: readonly TimedStimulus[], from: number): TimedStimulus[] {
  return steps.slice(from, from + CHUNK).map(({ at, stimulus }) => ({ at, stimulus: { ...stimulus } }));
}
