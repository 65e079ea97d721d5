import type { WordGroup } from '../alphabet.ts';
import { InputError } from '../input-error.ts';

/** The fields of an instance that may stand in the way. */
export type Field =
  | 'invocations'
  | 'machines'
  | 'shards'
  | 'maxDemand'
  | 'maxAge'
  | 'ram'
  | 'prices'
  | 'enter'
  | 'leave'
  | 'kMachines'
  | 'kShards'
  | 'maxAttempts'
  | 'maxMetered'
  | 'crashes'
  | 'drains'
  | 'joins'
  | 'restarts'
  | 'budget'
  | 'period';

/** Why something cannot be explored, as data: it may come from another thread. */
export type ExplorationProblem =
  /** A field is greater than another lets it be. */
  | {
      readonly kind: 'exceeds';
      readonly field: Field;
      readonly value: number;
      readonly bound: Field;
      readonly most: number;
    }
  /** A field is greater than it may be in any instance. */
  | { readonly kind: 'beyond'; readonly field: Field; readonly value: number; readonly most: number }
  | { readonly kind: 'prices'; readonly prices: readonly number[] }
  /** A state needs more bits than there are for it. */
  | {
      readonly kind: 'too-large';
      readonly bits: number;
      readonly most: number;
      /** The fields that make it large. */
      readonly fields: readonly Field[];
    }
  /** One state has more successors than are counted. */
  | { readonly kind: 'too-many-successors'; readonly most: number }
  /** A sample was not drawn from the choices that are tried one by one. */
  | { readonly kind: 'draws-samples' }
  /** A scheduler uses optional words, and what they leave behind is no part of a state that is explored. */
  | { readonly kind: 'optional-words'; readonly words: readonly WordGroup[] }
  /** The scheduler does something wrong, and does not repeat it in the same state. */
  | { readonly kind: 'remembers' }
  /** The scheduler does something else when invocations have other ids. */
  | { readonly kind: 'tells-apart' };

/** How the caller of an exploration names things in messages. */
export interface ExplorationWords {
  /** What a field is called where it is set. */
  readonly nameOf: (field: Field) => string;
  /** What else to try with a scheduler that cannot be explored, as a request. */
  readonly elsewhere: string | null;
}

const AS_IN_THE_MODEL: ExplorationWords = { nameOf: (field) => field, elsewhere: null };

/** An instance or a scheduler that cannot be explored. Its message speaks of the fields of the instance. */
export class ExplorationError extends InputError {
  readonly problem: ExplorationProblem;

  constructor(problem: ExplorationProblem) {
    super(wordsOfProblem(problem));
    this.problem = problem;
  }
}

/** What is wrong, and what to do about it, in one line. */
export function wordsOfProblem(problem: ExplorationProblem, words = AS_IN_THE_MODEL): string {
  const { nameOf, elsewhere } = words;
  const or = elsewhere === null ? '' : `, or ${elsewhere}`;
  switch (problem.kind) {
    case 'exceeds': {
      const { field, value, bound, most } = problem;
      return `${nameOf(field)}: expected at most ${nameOf(bound)} (${most}), got ${value}`;
    }
    case 'beyond': {
      const { field, value, most } = problem;
      return `${nameOf(field)}: expected at most ${most}, got ${value}${or}`;
    }
    case 'prices':
      return `${nameOf('prices')}: expected prices from 1 up, strictly increasing, got ${problem.prices.join(',')}`;
    case 'too-large': {
      const sizes = problem.fields.map(nameOf);
      return `the instance is too large to be explored: a state needs ${problem.bits} bits, and there are ${problem.most}; lower ${sizes.slice(0, -1).join(', ')} or ${sizes.at(-1)}`;
    }
    case 'too-many-successors':
      return `the instance is too large to be explored: a state has more than ${problem.most} successors; lower ${nameOf('invocations')}, or let it poll all (${nameOf('kMachines')} as many as ${nameOf('machines')}, ${nameOf('kShards')} as many as ${nameOf('shards')})`;
    case 'draws-samples':
      return `the scheduler draws its own samples, so not every sample can be tried; let it poll all (${nameOf('kMachines')} as many as ${nameOf('machines')}, ${nameOf('kShards')} as many as ${nameOf('shards')})${or}`;
    case 'optional-words':
      return `the scheduler uses optional words (${problem.words.join(', ')}), and what they leave behind is no part of the states that are explored; let it do without them${or}`;
    case 'tells-apart':
      return 'the scheduler decides by the ids of invocations: with other ids it leads elsewhere, so states that differ only in ids are not alike; explore it without symmetry';
    case 'remembers':
      return `the scheduler decides by more than the state that it is put into: in the same state again, it does not repeat what it did wrong, so it cannot be explored; let it decide by its state alone${or}`;
  }
}
