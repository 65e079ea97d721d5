import { pricesOf, type Queued, queuedCalled, waits } from '../encoding/entities.ts';
import { fact, type Lemma } from '../lemma.ts';
import { and, differ, not, or } from '../terms/term.ts';

const [a, b, c] = [queuedCalled('a'), queuedCalled('b'), queuedCalled('c')];

const heads = (...all: readonly Queued[]) => [
  fact('they wait', and(...all.map(waits))),
  fact(
    'they head different queues, and the higher class has the higher price',
    and(
      ...all.flatMap((one, place) =>
        all.slice(place + 1).flatMap((other) => [differ(one.class, other.class), pricesOf(one, other)]),
      ),
    ),
  ),
];

export const placeDecides: Lemma = {
  id: 'place-decides',
  statement:
    'Of the heads of a shard exactly one may be placed, however many classes there are and whatever their prices.',
  proof: [
    'A head may be placed if no other must be placed before it. That *must be placed before* is a strict total order of heads: of two exactly one goes before the other, and it is transitive. Finitely many heads have exactly one that nobody goes before.',
    'Equal products alone would leave two: it is the tie, which goes to the higher class, that makes the order total.',
  ],
  rules: ['place-greatest'],
  shows: [],
  restsOn: [],
  obligations: ({ placedBefore }) => [
    {
      name: 'not-both',
      words: 'Of two heads not both go before the other.',
      given: heads(a, b),
      goals: [fact('not both', not(and(placedBefore(a, b), placedBefore(b, a))))],
    },
    {
      name: 'one-of-two',
      words: 'Of two heads one goes before the other.',
      given: heads(a, b),
      goals: [fact('one of them', or(placedBefore(a, b), placedBefore(b, a)))],
    },
    {
      name: 'transitive',
      words: 'Who goes before one that goes before a third goes before the third.',
      given: [
        ...heads(a, b, c),
        fact('a goes before b', placedBefore(a, b)),
        fact('b goes before c', placedBefore(b, c)),
      ],
      goals: [fact('a goes before c', placedBefore(a, c))],
    },
  ],
};
