import { Judge } from '../../model/judge.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { type LoadedCluster, loadCluster, type PlayedStep } from './growth.ts';
import { cpuMicros, type Spread, spreadOf } from './measure.ts';

/** What a step costs on a cluster of this many machines. */
export interface CurvePoint {
  readonly machines: number;
  /** µs a step. */
  readonly reference: Spread;
  readonly referenceAndJudge: Spread;
  /** How many times as much as on the smallest cluster, round by round. */
  readonly referenceRatio: Spread;
  readonly referenceAndJudgeRatio: Spread;
}

export interface CurveEffort {
  /** Numbers of machines, the smallest first. */
  readonly machines: readonly number[];
  readonly steps: number;
  readonly rounds: number;
}

/** Steps that one cluster plays before the next has its turn. */
const CHUNK = 1000;

/**
 * The cost of a step by the number of machines. In every round each cluster is filled, and then all of them play
 * their steps in turn, a chunk each, so that whatever else the machine does hits all alike.
 */
export function measureCurve({ machines, steps, rounds }: CurveEffort): CurvePoint[] {
  const loaded = machines.map((count) => loadCluster(count, steps));
  // The first round only warms up.
  const played = Array.from({ length: rounds + 1 }, () => playRound(loaded)).slice(1);
  return machines.map((count, index): CurvePoint => {
    const reference = played.map((round) => round[index]!.reference);
    const both = played.map((round) => round[index]!.reference + round[index]!.judge);
    const smallest = played.map((round) => round[0]!);
    return {
      machines: count,
      reference: spreadOf(reference),
      referenceAndJudge: spreadOf(both),
      referenceRatio: spreadOf(reference.map((micros, round) => micros / smallest[round]!.reference)),
      referenceAndJudgeRatio: spreadOf(
        both.map((micros, round) => micros / (smallest[round]!.reference + smallest[round]!.judge)),
      ),
    };
  });
}

/** One round: µs a step of the reference and of the judge, for each cluster. */
function playRound(loaded: readonly LoadedCluster[]): { reference: number; judge: number }[] {
  const players = loaded.map((one) => new Player(one));
  const steps = loaded[0]!.steady.length;
  for (let from = 0; from < steps; from += CHUNK) for (const player of players) player.playChunk(from);
  return players.map(({ referenceMicros, judgeMicros }) => ({
    reference: referenceMicros / steps,
    judge: judgeMicros / steps,
  }));
}

class Player {
  referenceMicros = 0;
  judgeMicros = 0;
  private readonly steady: readonly PlayedStep[];
  private readonly scheduler = createXX();
  private readonly judge: Judge;

  constructor({ config, filling, steady }: LoadedCluster) {
    this.steady = steady;
    this.judge = new Judge(config);
    this.scheduler.reset(config);
    this.play(filling);
    this.judgeAll(filling);
  }

  playChunk(from: number): void {
    const chunk = this.steady.slice(from, from + CHUNK);
    const startedAt = cpuMicros();
    this.play(chunk);
    const playedAt = cpuMicros();
    this.judgeAll(chunk);
    this.referenceMicros += playedAt - startedAt;
    this.judgeMicros += cpuMicros() - playedAt;
  }

  private play(steps: readonly PlayedStep[]): void {
    for (const { at, stimulus } of steps) this.scheduler.step(at, stimulus);
  }

  private judgeAll(steps: readonly PlayedStep[]): void {
    for (const { at, stimulus, decisions } of steps) {
      const violation = this.judge.step(at, stimulus, decisions);
      if (violation !== null) throw new Error(violation.message);
    }
  }
}
