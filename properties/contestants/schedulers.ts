import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { findScheduler } from '../../reference-impl/schedulers/registry.ts';
import type { Sampler } from '../../reference-impl/xx/context.ts';
import { MUTANTS } from '../mutants/index.ts';

/**
 * Makes a scheduler by its name: one of the registry, or one of the wrong ones in `properties/mutants/`.
 *
 * @param sample who is polled, in place of the seeded generator, where a scheduler takes it.
 * @throws InputError when there is none of that name.
 */
export function createScheduler(name: string, sample?: Sampler): Scheduler {
  const mutant = MUTANTS.find((candidate) => candidate.name === name);
  return mutant === undefined ? findScheduler(name).create(sample) : mutant.create(sample);
}
