import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import type { PropertyId } from '../../catalogue.ts';
import type { Mutant } from './mutant.ts';

/** A peer with one of its policies replaced, so that it breaks a promise of its own. */
export interface PeerDescription {
  readonly name: string;
  readonly sentence: string;
  readonly rule: PropertyId;
  create(name: string): Scheduler;
}

export function mutantOfPeer({ name, sentence, rule, create }: PeerDescription): Mutant {
  return { name, sentence, rule, beside: [], create: () => create(name) };
}
