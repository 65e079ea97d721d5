import type { Scheduler } from '../scheduler.ts';
import type { Sampler } from '../xx/context.ts';
import { type Policies, referencePolicies } from '../xx/policies.ts';
import { createXX } from '../xx/xx.ts';
import type { Variant } from './variant.ts';

/**
 * Who is placed by its age, before higher classes that wait, has their rank on its machine: otherwise it would wait there for
 * those that it has just gone before.
 */
export const xxAgeCountsOnMachines: Variant = {
  name: 'xx-age-counts-on-machines',
  summary: 'XX in which who is placed before a higher class ranks with it on its machine',
  create,
};

function create(sample?: Sampler): Scheduler {
  const { name } = xxAgeCountsOnMachines;
  const xx = createXX({ name, policies: policies(), ...(sample === undefined ? {} : { sample }) });
  // A rank that was won is not part of the states that exploration knows, so that it cannot be put into one.
  return {
    name,
    reset: (configuration) => xx.reset(configuration),
    step: (at, stimulus) => xx.step(at, stimulus),
  };
}

function policies(): Policies {
  // A choice and the arrival that follows from it are one turn, and nothing comes between them.
  let wonAgainst = -1;
  return {
    ...referencePolicies,
    chooseHead(heads) {
      wonAgainst = heads[0]!.class;
      return referencePolicies.chooseHead(heads);
    },
    priorityOf(effectiveClass) {
      const rank = Math.max(effectiveClass, wonAgainst);
      wonAgainst = -1;
      return rank;
    },
  };
}
