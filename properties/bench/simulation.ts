import { findScheduler } from '../../reference-impl/schedulers/registry.ts';
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
  /** The clusters whose costs per event are compared; speeds are those of the first. */
  readonly machines: readonly number[];
}

/** Speeds are a second of CPU time; nothing is judged. */
export interface SimulationFigures {
  readonly speeds: readonly { scheduler: string; functions: Spread; events: Spread }[];
  /** What an event of XX costs by the number of machines: with the same load for each machine, … */
  readonly growth: readonly EventCost[];
  /** … and with the same total load, that of the fewest. */
  readonly sameLoad: readonly EventCost[];
}

/** µs of CPU time an event, and times that of the fewest machines. */
interface EventCost {
  readonly machines: number;
  readonly micros: Spread;
  readonly ratio: Spread;
}

const SCHEDULERS = ['xx', 'hermod'];
/** The paper's medium load (section 4.2). */
export const LOAD = 0.7;

/** Times the clock with XX and with Hermod, round by round in turn, on the paper's workload and cluster. */
export function measureSimulation({ functions, rounds, machines }: SimulationEffort): SimulationFigures {
  const first = machines[0]!;
  const samples = SCHEDULERS.map(() => [] as Sample[]);
  const grown = machines.map(() => [] as Sample[]);
  const alike = machines.map(() => [] as Sample[]);
  for (let round = -1; round < rounds; round++) {
    for (const [index, scheduler] of SCHEDULERS.entries()) {
      const sample = timeOne(scheduler, first, first, functions);
      // The first round is for the engine to compile what is hot.
      if (round >= 0) samples[index]!.push(sample);
    }
    for (const [index, count] of machines.entries()) {
      const samplesOfCount = [
        timeOne('xx', count, count, functions),
        timeOne('xx', count, first, functions),
      ] as const;
      if (round < 0) continue;
      grown[index]!.push(samplesOfCount[0]);
      alike[index]!.push(samplesOfCount[1]);
    }
  }
  return {
    speeds: SCHEDULERS.map((scheduler, index) => ({
      scheduler,
      functions: perSecond(samples[index]!.map(({ micros, functions }) => micros / functions)),
      events: perSecond(samples[index]!.map(({ micros, events }) => micros / events)),
    })),
    growth: costs(machines, grown),
    sameLoad: costs(machines, alike),
  };
}

function costs(machines: readonly number[], samples: readonly (readonly Sample[])[]): EventCost[] {
  const perEvent = samples.map((ofCount) => ofCount.map(({ micros, events }) => micros / events));
  return machines.map((count, index) => ({
    machines: count,
    micros: spreadOf(perEvent[index]!),
    ratio: ratios(perEvent[index]!, perEvent[0]!),
  }));
}

interface Sample {
  micros: number;
  events: number;
  functions: number;
}

/** The cluster is full before anything is timed: filling it costs more, and happens once. */
function timeOne(scheduler: string, machines: number, loaded: number, functions: number): Sample {
  const scene = sceneWith(machines, loaded);
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

/** @param loaded how many machines the arrivals would bring to {@link LOAD}. */
function sceneWith(machines: number, loaded: number): Scene {
  const scene = sceneOf('figure-3', 'paper-text');
  const { cores, workload } = scene;
  return {
    ...scene,
    machines,
    workload: { ...workload, cores: loaded * cores, phases: [{ fromMs: 0, load: LOAD }] },
  };
}
