import { findScheduler } from '../../reference-impl/registry.ts';
import { play } from '../../reference-impl/simulation/clock.ts';
import { sceneOf } from '../../reference-impl/simulation/figures/presets.ts';
import { configurationOfScene, type Scene } from '../../reference-impl/simulation/figures/scene.ts';
import { synthesize } from '../../reference-impl/simulation/synthetic.ts';
import { cpuMicros, perSecond, ratios, type Spread, spreadOf } from './measure.ts';

/** How much of the simulation is measured. */
export interface SimulationEffort {
  /** Functions that a run plays, of which the first quarter only fills the cluster and warms it up. */
  readonly functions: number;
  readonly rounds: number;
  /** The clusters whose cost an event is compared; the first is the one that speeds are told of. */
  readonly machines: readonly number[];
}

/** Speeds are a second of CPU time; nothing is judged. */
export interface SimulationFigures {
  readonly speeds: readonly { scheduler: string; functions: Spread; events: Spread }[];
  /** µs of CPU time an event of XX costs by the number of machines, and times that of the first. */
  readonly growth: readonly { machines: number; micros: Spread; ratio: Spread }[];
}

const SCHEDULERS = ['xx', 'hermod'];
/** The paper's medium load (section 4.2). */
const LOAD = 0.7;

/** Times the clock with XX and with Hermod, round by round in turn, on the paper's workload and cluster. */
export function measureSimulation({ functions, rounds, machines }: SimulationEffort): SimulationFigures {
  const first = machines[0]!;
  const samples = SCHEDULERS.map(() => [] as Sample[]);
  const byMachines = machines.map(() => [] as Sample[]);
  for (let round = -1; round < rounds; round++) {
    for (const [index, scheduler] of SCHEDULERS.entries()) {
      const sample = timeOne(scheduler, first, functions);
      // The first round is for the engine to compile what is hot.
      if (round >= 0) samples[index]!.push(sample);
    }
    for (const [index, count] of machines.entries()) {
      const sample = timeOne('xx', count, functions);
      if (round >= 0) byMachines[index]!.push(sample);
    }
  }
  const perEvent = byMachines.map((ofCount) => ofCount.map(({ micros, events }) => micros / events));
  return {
    speeds: SCHEDULERS.map((scheduler, index) => ({
      scheduler,
      functions: perSecond(samples[index]!.map(({ micros, functions }) => micros / functions)),
      events: perSecond(samples[index]!.map(({ micros, events }) => micros / events)),
    })),
    growth: machines.map((count, index) => ({
      machines: count,
      micros: spreadOf(perEvent[index]!),
      ratio: ratios(perEvent[index]!, perEvent[0]!),
    })),
  };
}

interface Sample {
  micros: number;
  events: number;
  functions: number;
}

/** The cluster is full before anything is timed: filling it costs more, and happens once. */
function timeOne(scheduler: string, machines: number, functions: number): Sample {
  const scene = sceneWith(machines);
  const { workload } = scene;
  let startedAt = 0;
  let ended = 0;
  let eventsBefore = 0;
  let events = 0;
  play({
    scheduler: findScheduler(scheduler).create(),
    configuration: configurationOfScene(scene, 1),
    workload: synthesize({ ...workload, untilMs: Number.POSITIVE_INFINITY, functions, seed: 1 }),
    observer() {
      events++;
    },
    onEnd() {
      ended++;
      if (ended !== Math.floor(functions / 4)) return;
      startedAt = cpuMicros();
      eventsBefore = events;
    },
  });
  return {
    micros: cpuMicros() - startedAt,
    events: events - eventsBefore,
    functions: functions - Math.floor(functions / 4),
  };
}

function sceneWith(machines: number): Scene {
  const scene = sceneOf('figure-3', 'paper-text');
  const { cores, workload } = scene;
  return {
    ...scene,
    machines,
    workload: { ...workload, cores: machines * cores, phases: [{ fromMs: 0, load: LOAD }] },
  };
}
