import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { Sampler } from '../../reference-impl/xx/context.ts';
import type { PropertyId } from '../catalogue.ts';
import { type Fault, planted } from './planted.ts';

/** A wrong scheduler: the reference with one fault that somebody could really make. */
export interface Mutant {
  /** Kebab-case, and the name of its file. */
  readonly name: string;
  /** What it does wrong. */
  readonly sentence: string;
  /** The rule or property that must find it. */
  readonly rule: PropertyId;
  /** @param sample who is polled, in place of the seeded generator, unless that is what is wrong. */
  create(sample?: Sampler): Scheduler;
}

/** A mutant as its file describes it. */
export interface Description {
  readonly name: string;
  readonly sentence: string;
  readonly rule: PropertyId;
  /** Makes the fault anew for every scenario, so that what it remembers ends with it. */
  readonly fault: () => Fault;
}

/** Plants a fault in the reference. */
export function mutantOf({ name, sentence, rule, fault }: Description): Mutant {
  return { name, sentence, rule, create: (sample) => planted(name, fault, sample) };
}
