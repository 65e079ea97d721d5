import type { Scenario } from '../../../model/configuration.ts';
import { pricesOf, type Queued, queuedCalled, waits } from '../encoding/entities.ts';
import { type Rules, XX } from '../encoding/rules.ts';
import {
  and,
  atMost,
  type Bool,
  differ,
  equal,
  type Int,
  int,
  lessThan,
  moreThan,
  not,
  or,
  plus,
  times,
} from '../terms/term.ts';
import { numberOf, type Weakening } from './weakening.ts';

/** A shard that goes by something else than the greatest price × wait. */

const [a, b] = [queuedCalled('a'), queuedCalled('b')];

const products = (one: Queued, other: Queued) =>
  [times(one.price, one.wait), times(other.price, other.wait)] as const;

interface Described {
  readonly name: string;
  readonly sentence: string;
  readonly placedBefore: Rules['placedBefore'];
}

/** Breaks the statement about pairs: b may be placed while a waits with a greater price × wait. */
function unfair({ name, sentence, placedBefore }: Described): Weakening {
  const rules: Rules = { ...XX, placedBefore };
  const [ofA, ofB] = products(a, b);
  return {
    name,
    sentence,
    lemma: 'greatest-of-all',
    obligation: 'before-a-head',
    rules,
    example: twoWait(
      'One is placed while another waits with more price × wait.',
      and(not(rules.placedBefore(a, b)), rules.placedBefore(b, a), moreThan(ofA, ofB)),
    ),
  };
}

/** Two wait at a shard, in two classes, so long that everything stays small. */
function twoWait(words: string, wrong: Bool): Weakening['example'] {
  const small = (term: Int, most: number) => atMost(term, int(most));
  return {
    words,
    assertions: [
      { words: 'two wait, in different classes', term: and(waits(a), waits(b), differ(a.class, b.class)) },
      { words: 'there are two classes', term: and(small(a.class, 1), small(b.class, 1)) },
      { words: 'prices grow with classes', term: pricesOf(a, b) },
      {
        words: 'all is small',
        term: and(small(a.price, 9), small(b.price, 9), small(a.wait, 9), small(b.wait, 9)),
      },
      { words, term: wrong },
    ],
    scenario: scenarioOfTwo,
  };
}

function scenarioOfTwo(values: Parameters<typeof numberOf>[0]): Scenario {
  const waiting = ['a', 'b'].map((name) => ({
    class: numberOf(values, `${name}.class`),
    price: numberOf(values, `${name}.price`),
    wait: numberOf(values, `${name}.wait`),
  }));
  const byClass = [...waiting].sort((one, other) => one.class - other.class);
  const turnAt = Math.max(...waiting.map(({ wait }) => wait));
  const byArrival = [...waiting].sort((one, other) => other.wait - one.wait);
  return {
    config: smallCluster(byClass.map(({ price }) => price)),
    stimuli: [
      { at: 0, stimulus: { type: 'boot' } },
      ...byArrival.map(({ class: priceClass, wait }, id) => ({
        at: turnAt - wait,
        stimulus: { type: 'submit', id, tenant: 0, function: 'f', class: priceClass, shard: 0 } as const,
      })),
      { at: turnAt, stimulus: { type: 'turn', shard: 0 } },
    ],
  };
}

/** One machine and one shard; nothing here depends on their sizes. */
export function smallCluster(prices: readonly number[]): Scenario['config'] {
  return {
    classes: prices.map((price, index) => ({ name: `c${index}`, price })),
    memoryPrice: 0,
    machines: [{ cores: 1, ram: 4, swap: 0 }],
    shards: 1,
    kMachines: 1,
    kShards: 1,
    initialMemory: 1,
    idle: { enter: 9, leave: 9, memoryDrift: 9, functionsDrift: 9 },
    maxAttempts: 3,
    seed: 0,
    tenants: [{ budget: null }],
  };
}

const noTie: Rules = {
  ...XX,
  placedBefore: (one, other) => moreThan(times(one.price, one.wait), times(other.price, other.wait)),
};

export const SHARD: readonly Weakening[] = [
  {
    name: 'the-lower-class-on-a-tie',
    sentence: 'Of equal products any may be placed, and not only that of the higher class.',
    lemma: 'place-decides',
    obligation: 'one-of-two',
    rules: noTie,
    example: twoWait(
      'Neither of two heads goes before the other.',
      and(not(noTie.placedBefore(a, b)), not(noTie.placedBefore(b, a))),
    ),
  },
  unfair({
    name: 'highest-class-first',
    sentence: 'The head of the highest class is placed.',
    placedBefore: (one, other) => moreThan(one.class, other.class),
  }),
  unfair({
    name: 'first-come-first-placed',
    sentence: 'The head that has waited longest is placed, whatever its price.',
    placedBefore: (one, other) =>
      or(moreThan(one.wait, other.wait), and(equal(one.wait, other.wait), moreThan(one.class, other.class))),
  }),
  unfair({
    name: 'price-over-wait',
    sentence: 'The head of the greatest price ÷ wait is placed.',
    placedBefore: (one, other) => moreThan(times(one.price, other.wait), times(other.price, one.wait)),
  }),
  unfair({
    name: 'wait-over-price',
    sentence: 'The head of the greatest wait ÷ price is placed.',
    placedBefore: (one, other) => moreThan(times(one.wait, other.price), times(other.wait, one.price)),
  }),
  unfair({
    name: 'least-wait-over-price',
    sentence: 'The head of the least wait ÷ price is placed.',
    placedBefore: (one, other) => lessThan(times(one.wait, other.price), times(other.wait, one.price)),
  }),
  unfair({
    name: 'counts-class-numbers',
    sentence: 'The number of its class stands for the price of a head.',
    placedBefore: (one, other) =>
      moreThan(times(plus(one.class, int(1)), one.wait), times(plus(other.class, int(1)), other.wait)),
  }),
  unfair({
    name: 'counts-a-ms-too-many',
    sentence: 'Waits count from one ms, and not from none.',
    placedBefore: (one, other) =>
      moreThan(times(one.price, plus(one.wait, int(1))), times(other.price, plus(other.wait, int(1)))),
  }),
];
