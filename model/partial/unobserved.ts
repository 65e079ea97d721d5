import { DECISION_TYPES, type DecisionType, type StimulusType } from '../alphabet.ts';
import type { Configuration } from '../configuration.ts';
import { show } from '../format/show.ts';
import { InputError } from '../input-error.ts';

/**
 * What a log may leave out: types of decisions, fields of decisions, and what a stimulus can be read off another line or
 * changes nothing. Whatever else is missing from a log makes it bad input.
 */

/** Fields of decisions that a log may leave out, each with a value that stands in its place until it is known. */
const STAND_INS = {
  enqueue: { shard: 0, class: 0, degraded: false },
  place: { shard: 0, machine: 0, via: 'poll', polled: [] },
  pageOut: { memory: 1 },
  pageIn: { memory: 1 },
  kill: { reason: 'memory', bill: { cpuMs: 0, mbMs: 0, cost: 0 } },
  complete: { bill: { cpuMs: 0, mbMs: 0, cost: 0 } },
  wake: { outcome: 'ok' },
  list: { shard: 0, available: 0, functions: 0, polled: [] },
  relist: { shard: 0, available: 0, functions: 0 },
  unlist: { shard: 0 },
} as const satisfies Partial<Record<DecisionType, Readonly<Record<string, unknown>>>>;

/** Stimuli, and fields of stimuli, that a log may leave out: why that is no loss, and what must be in the log for it. */
const STIMULI: Readonly<Record<string, { readonly why: string; readonly needs: readonly string[] }>> = {
  turn: { why: 'a `place` tells whose turn it was', needs: ['place', 'place.shard'] },
  finish: { why: 'a `complete` tells who has returned', needs: ['complete'] },
  tick: { why: 'it changes nothing', needs: [] },
  'submit.function': { why: 'no rule looks at it', needs: [] },
  'call.function': { why: 'no rule looks at it', needs: [] },
  'submit.shard': { why: 'the `enqueue` tells', needs: ['enqueue', 'enqueue.shard'] },
  'call.shard': { why: 'the `enqueue` tells', needs: ['enqueue', 'enqueue.shard'] },
  'submit.tenant': { why: 'it counts only where somebody has a budget', needs: [] },
};

/** Words for several at once. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  pages: ['pageOut', 'pageIn'],
  bills: ['kill.bill', 'complete.bill'],
  polls: ['place.polled', 'list.polled'],
  'idle-lists': ['list', 'relist', 'unlist'],
  entries: ['list.available', 'list.functions', 'relist.available', 'relist.functions'],
  turns: ['turn'],
};

/** A word of the vocabulary, and what it stands for: for the page that lists them. */
export interface VocabularyRow {
  readonly word: string;
  readonly kind: 'decision' | 'field of a decision' | 'stimulus' | 'field of a stimulus' | 'group';
  readonly meaning: string;
}

/** Every word that `unobserved` knows, in the order of the page. */
export const VOCABULARY: readonly VocabularyRow[] = [
  ...Object.entries(GROUPS).map(([word, members]) => ({
    word,
    kind: 'group' as const,
    meaning: members.map((member) => `\`${member}\``).join(', '),
  })),
  ...DECISION_TYPES.filter((word) => word !== 'allocate').map((word) => ({
    word,
    kind: 'decision' as const,
    meaning: `no \`${word}\` is in the log`,
  })),
  ...Object.entries(STAND_INS).flatMap(([type, fields]) =>
    Object.keys(fields).map((field) => ({
      word: `${type}.${field}`,
      kind: 'field of a decision' as const,
      meaning: `a \`${type}\` has no \`${field}\``,
    })),
  ),
  ...Object.entries(STIMULI).map(([word, { why, needs }]) => ({
    word,
    kind: word.includes('.') ? ('field of a stimulus' as const) : ('stimulus' as const),
    meaning: needs.length === 0 ? why : `${why}: needs ${needs.map((need) => `\`${need}\``).join(', ')}`,
  })),
];

const NO_FIELDS: ReadonlySet<string> = new Set();

/** What a log does not record. */
export class Unobserved {
  /** As they were given, each once. */
  readonly words: readonly string[];
  /** The groups taken apart. */
  readonly all: ReadonlySet<string>;
  private readonly fields = new Map<string, Set<string>>();

  /** @throws InputError when a word is not known, or what it is read off is not in the log either. */
  constructor(words: readonly string[], config: Configuration, place: string) {
    this.words = [...new Set(words)];
    for (const word of this.words) {
      if (!VOCABULARY.some((row) => row.word === word)) throw new InputError(unknown(word, place));
    }
    this.all = new Set(this.words.flatMap((word) => GROUPS[word] ?? [word]));
    for (const word of this.all) this.refuseWithoutItsNeeds(word, place);
    if (this.all.has('submit.tenant') && config.tenants.some(({ budget }) => budget !== null)) {
      throw new InputError(
        `${place}: submit.tenant: a tenant has a budget, so the log must say whose a root is`,
      );
    }
    if (config.words !== undefined && config.words.length > 0) {
      throw new InputError(
        `${place}: a log with optional words (${config.words.join(', ')}) must be whole: no rule of XX says what else may be missing`,
      );
    }
    if (config.paging !== undefined) {
      throw new InputError(
        `${place}: a log of a cluster whose paging takes time (config.paging) must be whole: nothing else tells when a transfer began, and what it moved`,
      );
    }
    for (const word of this.all) {
      const [type, field] = word.split('.') as [string, string | undefined];
      if (field === undefined) continue;
      const fields = this.fields.get(type) ?? new Set();
      this.fields.set(type, fields.add(field));
      // Whoever does not say how a machine was found does not say who was polled.
      if (word === 'place.via') fields.add('polled');
    }
  }

  /** Whether decisions or stimuli of a type are not in the log. */
  hides(type: DecisionType | StimulusType): boolean {
    return this.all.has(type);
  }

  /** The fields that decisions or stimuli of a type do not have in the log. */
  fieldsOf(type: DecisionType | StimulusType): ReadonlySet<string> {
    return this.fields.get(type) ?? NO_FIELDS;
  }

  private refuseWithoutItsNeeds(word: string, place: string): void {
    const missing = STIMULI[word]?.needs.find((need) => this.all.has(need));
    if (missing === undefined) return;
    throw new InputError(
      `${place}: ${word} is read off what the log says of ${missing}, and ${missing} is not recorded either; record one of the two`,
    );
  }
}

function unknown(word: string, place: string): string {
  const [type] = word.split('.');
  const near = VOCABULARY.filter((row) => row.word.split('.')[0] === type && row.word !== type);
  const known = (near.length > 0 ? near : VOCABULARY).map((row) => row.word);
  return `${place}: ${show(word)} is nothing that a log may leave out; known are ${known.join(', ')} (docs/logs.md)`;
}

/** A value for a field that is not in the log, which stands in its place until it is known. */
export function standInFor(type: string, field: string): unknown {
  return (STAND_INS as Record<string, Record<string, unknown> | undefined>)[type]?.[field];
}
