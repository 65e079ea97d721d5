import { InputError } from '../../../model/input-error.ts';
import { show } from '../../io/show.ts';
import { ALPHA_RANGE, LOAD_RANGE } from '../options.ts';
import { readInteger, readNumber } from '../reading.ts';
import { gbOf } from '../text.ts';
import type { Scene } from './scene.ts';

/** Parameters of a scene that can be swept over. */
export const SWEPT = ['load', 'alpha', 'swap', 'bandwidth'] as const;
export type SweptName = (typeof SWEPT)[number];

export interface Sweep {
  readonly name: SweptName;
  readonly values: readonly number[];
}

/** Units of the parameters, for labels. */
export const UNITS: Record<SweptName, string> = {
  load: 'load, part of the capacity of the cores',
  alpha: 'α of the run times',
  swap: 'swap of each machine, GB',
  bandwidth: 'bandwidth of the disk of each machine, MB/s',
};

/** A value in the unit that labels have: swap is given in MB, as everywhere on the command line, and shown in GB. */
export function shownValue(name: SweptName, value: number): number {
  return name === 'swap' ? gbOf(value) : value;
}

/**
 * Reads `load=0.7,0.9`: a parameter and its values.
 *
 * @throws InputError with one line.
 */
export function readSweep(text: string): Sweep {
  const [name, list, ...rest] = text.split('=');
  const swept = SWEPT.find((candidate) => candidate === name);
  if (swept === undefined || list === undefined || rest.length > 0) {
    throw new InputError(
      `--sweep: expected ${SWEPT.join(', ')} and its values, such as load=0.7,0.9, got ${show(text)}`,
    );
  }
  const values = list.split(',').map((one) => readValue(swept, one));
  const twice = values.find((value, index) => values.indexOf(value) < index);
  if (twice !== undefined)
    throw new InputError(`--sweep: ${swept}: expected each value once, got ${twice} twice`);
  return { name: swept, values };
}

/** Swap is of whole MB, as everywhere. */
function readValue(swept: SweptName, text: string): number {
  const [least, most] = RANGES[swept];
  const place = `--sweep: ${swept}`;
  return swept === 'swap' ? readInteger(text, least, most, place) : readNumber(place, text, least, most);
}

const RANGES: Record<SweptName, readonly [least: number, most: number]> = {
  load: LOAD_RANGE,
  alpha: ALPHA_RANGE,
  swap: [0, 1_000_000_000],
  bandwidth: [1, 1_000_000],
};

/** The scene with one parameter changed. The load of figure 3 is that of its high phase. */
export function withValue(scene: Scene, name: SweptName, value: number): Scene {
  const { workload } = scene;
  switch (name) {
    case 'load': {
      const highest = Math.max(...workload.phases.map(({ load }) => load));
      const phases = workload.phases.map((phase) =>
        phase.load === highest ? { ...phase, load: value } : phase,
      );
      return { ...scene, workload: { ...workload, phases } };
    }
    case 'alpha': {
      const { runtime } = workload;
      if (runtime.kind !== 'pareto') throw new InputError('--alpha: run times are not Pareto here');
      return { ...scene, workload: { ...workload, runtime: { ...runtime, alpha: value } } };
    }
    case 'swap':
      return { ...scene, swapMb: value };
    case 'bandwidth':
      if (scene.disk === undefined) {
        throw new InputError('--sweep: bandwidth: only with --disk; add it, such as --disk ssd');
      }
      return { ...scene, disk: { ...scene.disk, mbPerSecond: value } };
  }
}
