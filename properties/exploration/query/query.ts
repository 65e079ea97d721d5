import type { CanonicalState } from '../../../model/explore/canonical.ts';
import { show } from '../../../model/format/show.ts';
import { InputError } from '../../../model/input-error.ts';
import { didYouMean } from '../../nearest.ts';
import { OF_INVOCATIONS, OF_MACHINES, OF_THE_CLUSTER, type Subject, type Vocabulary } from './words.ts';

/**
 * The language in which a state is asked for, such as `invocation 2 is swapped and blocked`. A query names somebody and
 * says something about them, and then something else; docs/exploration.md has its words and its grammar:
 *
 *     query   = both { "or" both }
 *     both    = claim { "and" claim }
 *     claim   = "not" claim | "(" query ")" | subject said { ("and" | "or") said }
 *     subject = ("invocation" | "machine") number | ("any" | "every" | "no") ("invocation" | "machine") | "cluster"
 *     said    = ["is" | "has"] ["not"] (word | figure [comparison] number | place)
 */
export type Query = (state: CanonicalState) => boolean;

/** How many there are to be asked about. */
export interface Counts {
  readonly invocation: number;
  readonly machine: number;
}

/** @throws InputError when a query is not understood: it says where, and what may stand there. */
export function readQuery(text: string, counts: Counts): Query {
  return new Reader(text, counts).read();
}

type Said<One> = (subject: Subject<One>) => boolean;

const COMPARISONS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '=': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const QUANTIFIERS: readonly string[] = ['any', 'every', 'no'];
const KINDS = ['invocation', 'machine'] as const;
const SUBJECTS: readonly string[] = [...KINDS, ...QUANTIFIERS, 'cluster'];

class Reader {
  private readonly tokens: readonly string[];
  private readonly counts: Counts;
  private at = 0;

  constructor(text: string, counts: Counts) {
    this.counts = counts;
    this.tokens = text.toLowerCase().match(/[a-z]+(?:-[a-z]+)*|\d+|[<>!]?=|[<>()]|\S/g) ?? [];
  }

  read(): Query {
    const query = this.query();
    if (this.next !== undefined) throw this.unexpected('and, or, or the end');
    return query;
  }

  private get next(): string | undefined {
    return this.tokens[this.at];
  }

  private take(...tokens: readonly string[]): boolean {
    if (this.next === undefined || !tokens.includes(this.next)) return false;
    this.at++;
    return true;
  }

  private query(): Query {
    let query = this.both();
    while (this.take('or')) {
      const [left, right] = [query, this.both()];
      query = (state) => left(state) || right(state);
    }
    return query;
  }

  private both(): Query {
    let query = this.claim();
    while (this.take('and')) {
      const [left, right] = [query, this.claim()];
      query = (state) => left(state) && right(state);
    }
    return query;
  }

  private claim(): Query {
    if (this.take('not')) {
      const claim = this.claim();
      return (state) => !claim(state);
    }
    if (this.take('(')) {
      const query = this.query();
      if (!this.take(')')) throw this.unexpected('a closing parenthesis');
      return query;
    }
    return this.about();
  }

  private about(): Query {
    if (this.take('cluster')) {
      const said = this.saidOf(OF_THE_CLUSTER);
      return (state) => said({ state, id: 0, one: state });
    }
    const quantifier = QUANTIFIERS.find((word) => this.take(word));
    const kind = KINDS.find((word) => this.take(word));
    if (kind === undefined) throw this.unexpected('whom it is about', SUBJECTS);
    const id = quantifier === undefined ? this.idOf(kind) : null;
    return kind === 'invocation'
      ? quantified(quantifier, id, this.saidOf(OF_INVOCATIONS), ({ invocations }) => invocations)
      : quantified(quantifier, id, this.saidOf(OF_MACHINES), ({ machines }) => machines);
  }

  /** All that is said of one, up to where somebody else is named. */
  private saidOf<One>(vocabulary: Vocabulary<One>): Said<One> {
    let both = this.said(vocabulary);
    const either: Said<One>[] = [];
    for (;;) {
      const after = this.tokens[this.at + 1];
      const goesOn =
        after !== undefined && !SUBJECTS.includes(after) && after !== '(' && !this.negatesAnother();
      if (goesOn && this.take('and')) {
        const [left, right] = [both, this.said(vocabulary)];
        both = (subject) => left(subject) && right(subject);
      } else if (goesOn && this.take('or')) {
        either.push(both);
        both = this.said(vocabulary);
      } else {
        const all = [...either, both];
        return (subject) => all.some((said) => said(subject));
      }
    }
  }

  private negatesAnother(): boolean {
    const [not, after] = this.tokens.slice(this.at + 1, this.at + 3);
    return not === 'not' && after !== undefined && [...SUBJECTS, '('].includes(after);
  }

  private said<One>(vocabulary: Vocabulary<One>): Said<One> {
    this.take('is', 'has');
    if (this.take('not')) {
      const said = this.said(vocabulary);
      return (subject) => !said(subject);
    }
    if (vocabulary === (OF_INVOCATIONS as unknown)) {
      const place = this.place();
      if (place !== null) return place as Said<unknown> as Said<One>;
    }
    const { next } = this;
    const words = [...new Set([...Object.keys(vocabulary.words), ...Object.keys(vocabulary.figures)])];
    if (next === undefined || !words.includes(next)) throw this.unexpected('a word', words);
    this.at++;
    const figure = vocabulary.figures[next];
    const word = vocabulary.words[next];
    // Some words are both: "is swapped", "has swapped 2".
    if (figure === undefined || (word !== undefined && !this.comparisonFollows())) return word!;
    const compare = this.comparison();
    const bound = this.number(`a number, to compare ${next} with`);
    return (subject) => {
      const value = figure(subject);
      return value !== undefined && compare(value, bound);
    };
  }

  /** Where an invocation is, or whom it waits for. */
  private place(): Said<{ machine?: number; shard?: number }> | null {
    if (this.take('on')) {
      if (!this.take('machine')) throw this.unexpected('machine and its number');
      const machine = this.idOf('machine');
      return ({ one }) => one.machine === machine;
    }
    if (this.take('at')) {
      if (!this.take('shard')) throw this.unexpected('shard and its number');
      const shard = this.number('the number of the shard');
      return ({ one }) => one.shard === shard;
    }
    if (!this.take('waits')) return null;
    if (!this.take('for') || !this.take('invocation')) throw this.unexpected('for invocation and its number');
    const callee = this.idOf('invocation');
    return ({ state, id }) => state.invocations[callee]?.caller === id;
  }

  private comparisonFollows(): boolean {
    const { next } = this;
    return next !== undefined && (next in COMPARISONS || /^\d/.test(next));
  }

  private comparison(): (left: number, right: number) => boolean {
    const { next } = this;
    if (next === undefined || !Object.hasOwn(COMPARISONS, next)) return COMPARISONS['=']!;
    this.at++;
    return COMPARISONS[next]!;
  }

  private number(what: string): number {
    const { next } = this;
    if (next === undefined || !/^\d{1,15}$/.test(next)) throw this.unexpected(what);
    this.at++;
    return Number(next);
  }

  private idOf(kind: keyof Counts): number {
    const count = this.counts[kind];
    const id = this.number(`the number of the ${kind}`);
    if (id < count) return id;
    throw new InputError(
      `--reach: there is no ${kind} ${id} in this instance, which has ${count}, from 0 to ${count - 1}`,
    );
  }

  private unexpected(what: string, words: readonly string[] = []): InputError {
    const { next } = this;
    const got = next === undefined ? 'the end' : `${show(next)}${didYouMean(next, words)}`;
    const before = this.tokens.slice(0, this.at).join(' ');
    const where = before === '' ? '' : ` after ${show(before)}`;
    const list = words.length === 0 ? '' : ` (${words.join(', ')})`;
    return new InputError(`--reach: expected ${what}${list}${where}, got ${got}`);
  }
}

function quantified<One>(
  quantifier: string | undefined,
  id: number | null,
  said: Said<One>,
  all: (state: CanonicalState) => readonly One[],
): Query {
  return (state) => {
    const holds = (one: One, index: number): boolean => said({ state, id: index, one });
    const many = all(state);
    if (id !== null) return id < many.length && holds(many[id]!, id);
    if (quantifier === 'any') return many.some(holds);
    return quantifier === 'no' ? !many.some(holds) : many.every(holds);
  };
}
