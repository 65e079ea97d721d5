import { show } from '../../model/format/show.ts';
import { InputError } from '../../model/input-error.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { SCHEDULERS } from '../../reference-impl/schedulers/registry.ts';
import type { Sampler } from '../../reference-impl/xx/context.ts';
import { MUTANTS } from '../mutants/index.ts';
import { didYouMean } from '../nearest.ts';

/**
 * Makes a scheduler by its name: one of the registry, or one of the wrong ones in `properties/mutants/`.
 *
 * @param sample who is polled, in place of the seeded generator, where a scheduler takes it.
 * @throws InputError when there is none of that name.
 */
export function createScheduler(name: string, sample?: Sampler): Scheduler {
  const all = [...SCHEDULERS, ...MUTANTS];
  const found = all.find((candidate) => candidate.name === name);
  if (found !== undefined) return found.create(sample);
  const meant = didYouMean(
    name,
    all.map((candidate) => candidate.name),
  );
  throw new InputError(
    `--scheduler: there is no scheduler ${show(name)}${meant}; \`xx explain --schedulers\` lists all: xx, the default, ${SCHEDULERS.length - 1} others and ${MUTANTS.length} wrong ones`,
  );
}
