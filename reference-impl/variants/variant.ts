import type { Scheduler } from '../scheduler.ts';
import type { Sampler } from '../xx/context.ts';
import { type Policies, referencePolicies } from '../xx/policies.ts';
import { createXX } from '../xx/xx.ts';

/** XX with a policy or two replaced: a literal reading of the paper, or the repair of something that XX does. */
export interface Variant {
  /** Kebab-case, and the name of its file. */
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** @param sample who is polled, in place of the seeded generator. */
  create(sample?: Sampler): Scheduler;
}

/** A variant that only replaces policies, made anew for each scheduler: what one remembers is its own. */
export function variantOf(name: string, summary: string, replaced: () => Partial<Policies>): Variant {
  return {
    name,
    summary,
    create(sample) {
      const policies = { ...referencePolicies, ...replaced() };
      return createXX({ name, policies, ...(sample === undefined ? {} : { sample }) });
    },
  };
}
