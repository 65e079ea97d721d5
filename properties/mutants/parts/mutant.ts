import type { WordGroup } from '../../../model/alphabet.ts';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import type { Sampler } from '../../../reference-impl/xx/context.ts';
import type { PropertyId } from '../../catalogue.ts';
import type { Contestant } from '../../play/contestant.ts';
import { type Fault, planted } from './planted.ts';

/** A wrong scheduler: the reference with one fault that somebody could really make. */
export interface Mutant {
  /** Kebab-case, and the name of its file. */
  readonly name: string;
  /** What it does wrong. */
  readonly sentence: string;
  /** The rule or property that must find it. */
  readonly rule: PropertyId;
  /** What else must be asked for that: a rule that waits for others does so only where they are asked. */
  readonly beside: readonly PropertyId[];
  /** Whether only paging that takes time shows it. */
  readonly inTime?: true;
  /** @param sample who is polled, in place of the seeded generator, unless that is what is wrong. */
  create(sample?: Sampler): Scheduler;
  /** The same scheduler run in another way, where the two must agree and do not. */
  twin?(): Scheduler;
}

/** A wrong scheduler as campaigns take it. */
export function contestantOfMutant({ create, twin, inTime }: Mutant): Contestant {
  return {
    scheduler: create(),
    ...(twin === undefined ? {} : { twin: twin() }),
    ...(inTime === undefined ? {} : { inTime }),
  };
}

/** A mutant that only paging that takes time shows. */
export function inTime(mutant: Mutant): Mutant {
  return { ...mutant, inTime: true };
}

/** A mutant as its file describes it. */
export interface Description {
  readonly name: string;
  readonly sentence: string;
  readonly rule: PropertyId;
  /** Makes the fault anew for every scenario, so that what it remembers ends with it. */
  readonly fault: () => Fault;
  /** The fault of the same scheduler run in another way, if that is where it is. */
  readonly twinFault?: () => Fault;
  /** What else must be asked for its rule to find it; nothing unless given. */
  readonly beside?: readonly PropertyId[];
  /** The optional words that it uses, or that its clients do; none unless given. */
  readonly words?: readonly WordGroup[];
}

/** Plants a fault in the reference. */
export function mutantOf({
  name,
  sentence,
  rule,
  fault,
  twinFault,
  beside = [],
  words,
}: Description): Mutant {
  const create: Mutant['create'] = (sample) => planted(name, fault, sample, words);
  const mutant = { name, sentence, rule, beside, create };
  return twinFault === undefined ? mutant : { ...mutant, twin: () => planted(name, twinFault) };
}
