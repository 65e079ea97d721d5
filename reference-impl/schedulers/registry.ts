import { InputError } from '../../model/input-error.ts';
import { createHermod, createHermodHybrid } from '../peers/hermod.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Sampler } from '../xx/context.ts';
import { createXX } from '../xx/xx.ts';

/** A scheduler that the command line knows by name. */
export interface Registered {
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** @param sample who is polled, in place of the seeded generator. */
  create(sample?: Sampler): Scheduler;
}

function withSample(sample: Sampler | undefined): { sample?: Sampler } {
  return sample === undefined ? {} : { sample };
}

/** The reference first: it is the default. */
export const SCHEDULERS: readonly Registered[] = [
  { name: 'xx', summary: 'the reference, at full speed', create: (sample) => createXX(withSample(sample)) },
  {
    name: 'xx-immer',
    summary: 'the reference with an immutable snapshot after every step',
    create: (sample) => createXX({ mode: 'immer', name: 'xx-immer', ...withSample(sample) }),
  },
  {
    name: 'hermod',
    summary: "the paper's baseline: least loaded of k, processor sharing, no classes",
    create: () => createHermod(),
  },
  {
    name: 'hermod-hybrid',
    summary: 'Hermod as its own paper has it: fills machines up to their cores, then the least loaded',
    create: () => createHermodHybrid(),
  },
];

/**
 * Finds a scheduler by its name.
 *
 * @throws InputError when there is none of that name.
 */
export function findScheduler(name: string): Registered {
  const found = SCHEDULERS.find((scheduler) => scheduler.name === name);
  if (found !== undefined) return found;
  const names = SCHEDULERS.map((scheduler) => scheduler.name).join(', ');
  throw new InputError(
    `--scheduler: there is no scheduler "${name}"; there are ${names}, and the wrong ones in properties/mutants`,
  );
}
