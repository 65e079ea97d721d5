import type { TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, MachineSize, Scenario } from '../../model/configuration.ts';
import { type Decided, livesOf } from './lives.ts';

/** With more machines than this, not every one is put into the place of every other: there are too many pairs. */
const MOST_PAIRED = 6;

/**
 * With one machine instead of several: of all of them, or of two. Every invocation that was placed on any of them is
 * placed on that one, so that what has to add up adds up there. It has their memory; or a MB less than all that are
 * live at the end demand.
 */
export function* withMachinesMerged(scenario: Scenario, decided: Decided): Generator<Scenario> {
  const { machines } = scenario.config;
  if (machines.length === 1) return;
  const all = [...machines.keys()];
  const demandMb = livesOf(scenario, decided).reduce(
    (sum, life) => sum + (life.ended || life.machine === null ? 0 : life.demandMb),
    0,
  );
  for (const stays of all) {
    const { cores } = machines[stays]!;
    yield merged(scenario, stays, all, sumOf(scenario, stays, all));
    if (demandMb > 1) yield merged(scenario, stays, all, { cores, ram: demandMb - 1, swap: 0 });
  }
  if (machines.length > MOST_PAIRED || machines.length === 2) return;
  for (const stays of all) {
    for (const gone of all) {
      const pair = [stays, gone];
      if (gone !== stays) yield merged(scenario, stays, pair, sumOf(scenario, stays, pair));
    }
  }
}

/** The cores of one machine, the RAM and swap of some. */
function sumOf({ config }: Scenario, one: number, some: readonly number[]): MachineSize {
  const sum = (part: 'ram' | 'swap'): number =>
    some.reduce((total, machine) => total + config.machines[machine]![part], 0);
  return { cores: config.machines[one]!.cores, ram: sum('ram'), swap: sum('swap') };
}

/** A scenario in which one machine is there instead of some, itself among them. */
function merged(
  { config, stimuli }: Scenario,
  stays: number,
  some: readonly number[],
  size: MachineSize,
): Scenario {
  const gone = new Set(some.filter((machine) => machine !== stays));
  const left = [...config.machines.keys()].filter((machine) => !gone.has(machine));
  const numberOf = (machine: number): number =>
    machine < config.machines.length ? left.indexOf(machine) : machine - gone.size;
  const merging: Configuration = {
    ...config,
    machines: left.map((machine) => (machine === stays ? size : config.machines[machine]!)),
  };
  return {
    config: merging,
    stimuli: stimuli.flatMap((timed): TimedStimulus[] => {
      const { at, stimulus } = timed;
      if (!('machine' in stimulus)) return [timed];
      if (gone.has(stimulus.machine)) return [];
      return [{ at, stimulus: { ...stimulus, machine: numberOf(stimulus.machine) } }];
    }),
  };
}
