import type { RuleId } from '../../model/rules/rule-set.ts';
import type { PropertyId } from '../property.ts';
import type { Rules } from './encoding/rules.ts';
import type { Bool } from './terms/term.ts';

/** Something that is said, in words and as a term. */
export interface Fact {
  readonly words: string;
  readonly term: Bool;
  /** The lemma that it is known from; none for what is assumed, or true of every cluster. */
  readonly by?: LemmaId;
}

/**
 * What a solver is asked: whether the goals can fail while all that is given holds. `unsat` proves it. Nothing in it is
 * quantified: what is not a constant is any integer.
 */
export interface Obligation {
  /** Kebab-case, unique within its lemma. */
  readonly name: string;
  /** What this part says. */
  readonly words: string;
  readonly given: readonly Fact[];
  readonly goals: readonly Fact[];
}

export const LEMMA_IDS = [
  'place-decides',
  'greatest-of-all',
  'bounded-starvation',
  'only-dearer-overtake',
  'overtakings-counted',
  'walk-fits',
  'no-inversion',
  'first-come-first-served',
  'one-gives-first',
  'nothing-for-a-lower-class',
  'steady',
  'kills-are-needed',
  'kills-suffice',
  'resident-while-running',
  'ram-and-swap-suffice',
  'never-stuck',
  'over-when-done',
  'settling-ends',
  'lists-settle',
  'no-chain-goes-up',
  'held-on-both-sides',
  'an-exchange-can-start',
  'each-transfer-counts',
  'steady-in-time',
  'cores-are-lent',
  'the-disk-serves-the-highest',
] as const;

export type LemmaId = (typeof LEMMA_IDS)[number];

/** A statement for any number of invocations, machines, cores, sizes, prices and times, with its proof. */
export interface Lemma {
  readonly id: LemmaId;
  /** The statement, a sentence. */
  readonly statement: string;
  /** Why it is true, as a proof on paper would put it: a paragraph each. */
  readonly proof: readonly string[];
  /** The rules whose definitions it uses. */
  readonly rules: readonly RuleId[];
  /** The properties beyond single rules that follow. */
  readonly shows: readonly PropertyId[];
  /** The lemmas that it uses. */
  readonly restsOn: readonly LemmaId[];
  /** What is to be shown, for these rules: those of XX, or weakened ones. */
  obligations(rules: Rules): readonly Obligation[];
}

export function fact(words: string, term: Bool, by?: LemmaId): Fact {
  return by === undefined ? { words, term } : { words, term, by };
}
