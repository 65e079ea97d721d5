import type { Size } from '../arbitraries/configuration.ts';
import { type ChartFigures, measureCharts } from './charts.ts';
import { type CommandEffort, type CommandFigures, measureCommands } from './commands.ts';
import { type CurveEffort, type CurvePoint, measureCurve } from './curve.ts';
import { type LoopFigures, measureLoops, measureLoopWithTwin } from './loops.ts';
import type { Effort, Spread } from './measure.ts';
import { measureParts, type PartFigures } from './parts.ts';
import { recordRuns, stepsOf } from './record.ts';
import { measureSimulation, type SimulationEffort, type SimulationFigures } from './simulation.ts';

/** How much of everything a bench measures. */
export interface BenchOptions {
  readonly size: Size;
  readonly seed: number;
  /** Runs that both builds play. */
  readonly runs: number;
  readonly loops: Effort;
  readonly parts: Effort;
  readonly curve: CurveEffort;
  readonly charts: Effort;
  readonly simulation: SimulationEffort;
  readonly commands: CommandEffort;
}

/**
 * What `npm run bench` measures, as JSON has it. Speeds are a second of CPU time, costs are in µs of it; only whole
 * commands go by the clock on the wall, since what their threads do at once is the point.
 */
export interface BenchReport {
  readonly node: string;
  readonly size: Size;
  readonly seed: number;
  readonly runs: number;
  readonly steps: number;
  readonly loops: LoopFigures;
  /** Judged steps a second of a campaign whose reference has a twin under immer. */
  readonly withTwin: Spread;
  readonly curve: readonly CurvePoint[];
  readonly charts: ChartFigures;
  readonly parts: PartFigures;
  readonly simulation: SimulationFigures;
  readonly commands: CommandFigures;
}

/** Enough rounds that the medians come out alike on a busy machine; takes about a quarter of an hour, most of it for whole commands. */
export const FULL: BenchOptions = {
  size: 'medium',
  seed: 1,
  runs: 150,
  loops: { warmUpMs: 4000, rounds: 9, settleMs: 200, roundMs: 400 },
  parts: { warmUpMs: 1500, rounds: 9, settleMs: 100, roundMs: 200 },
  curve: { machines: [10, 100, 1000, 10_000], steps: 10_000, rounds: 5 },
  charts: { warmUpMs: 1000, rounds: 9, settleMs: 100, roundMs: 200 },
  simulation: { machines: [100, 1000, 10_000], functions: 400_000, rounds: 3 },
  // Each takes one worker the better part of a minute.
  commands: {
    runs: 80_000,
    instance: '--invocations 6 --machines 1 --cores 2 --ram 4 --swap 3 --max-states 6000000'.split(' '),
    rounds: 3,
  },
};

/** Enough to see that everything works, in a few seconds. Its figures mean little: code is hardly compiled. */
export const QUICK: BenchOptions = {
  size: 'medium',
  seed: 1,
  runs: 10,
  loops: { warmUpMs: 0, rounds: 2, settleMs: 0, roundMs: 1 },
  parts: { warmUpMs: 0, rounds: 2, settleMs: 0, roundMs: 1 },
  curve: { machines: [10, 100], steps: 1000, rounds: 1 },
  charts: { warmUpMs: 0, rounds: 2, settleMs: 0, roundMs: 1 },
  simulation: { machines: [10, 100], functions: 2000, rounds: 1 },
  commands: { runs: 20, instance: '--invocations 1 --machines 1'.split(' '), rounds: 1 },
};

/** Walks through each chart that one pass takes. */
const WALKS = 50;

/** Measures everything, in one process and one run; whole commands are processes of their own. */
export async function bench({ size, seed, runs, ...efforts }: BenchOptions): Promise<BenchReport> {
  const part = { size, seed, runs };
  // Measured first, before immer has put proxies before the recipes of the reference.
  const simulation = measureSimulation(efforts.simulation);
  const recordings = recordRuns(part);
  return {
    simulation,
    node: process.version,
    ...part,
    steps: stepsOf(recordings),
    loops: await measureLoops(part, recordings, efforts.loops),
    parts: await measureParts(part, recordings, efforts.parts),
    charts: await measureCharts(WALKS, efforts.charts),
    curve: measureCurve(efforts.curve),
    withTwin: await measureLoopWithTwin(part, recordings, efforts.loops),
    commands: await measureCommands(efforts.commands),
  };
}
