import { type Queued, queuedCalled } from '../encoding/entities.ts';
import { fact, type Lemma } from '../lemma.ts';
import { atMost, equal, not, times } from '../terms/term.ts';
import { a, arrivalCalled, arrived, b, hasGreatest, now, waitOf } from './shard-moment.ts';

const h = arrivalCalled('h');

const headOf = (name: string, arrival: typeof h): Queued => ({
  ...queuedCalled(name),
  price: arrival.price,
  wait: waitOf(arrival),
});

export const greatestOfAll: Lemma = {
  id: 'greatest-of-all',
  statement:
    'Whoever a shard places has at least the price × wait of everybody who waits there, also far behind in another queue.',
  proof: [
    'Let b be placed while a waits, and let h head the queue of a. The rule compares b with h, and a queue is first come, first served: h waits at least as long as a, at the same price. So price(a) · wait(a) ≤ price(h) · wait(h) ≤ price(b) · wait(b). If a heads its queue, h is a; if a waits behind b, h is b.',
  ],
  rules: ['place-greatest', 'bounded-overtaking'],
  shows: [],
  restsOn: [],
  obligations: ({ placedBefore, headsBefore }) => [
    {
      name: 'behind-a-head',
      words: 'Who waits behind a head has no more price × wait than the head.',
      given: [
        ...arrived(a, h),
        fact('they are of one class', equal(a.price, h.price)),
        fact('a does not head the queue before h', not(headsBefore(a.enqueuedAt, h.enqueuedAt))),
      ],
      goals: [fact('h has at least as much', hasGreatest(h, a))],
    },
    {
      name: 'before-a-head',
      words: 'Whoever is placed has at least the price × wait of every head.',
      given: [
        ...arrived(b, h),
        fact('h must not be placed before b', not(placedBefore(headOf('h', h), headOf('b', b)))),
      ],
      goals: [fact('b has at least as much as h', hasGreatest(b, h))],
    },
    {
      name: 'before-all',
      words: 'So b has at least as much as a.',
      given: [
        fact('h has at least as much as a', hasGreatest(h, a)),
        fact('b has at least as much as h', hasGreatest(b, h)),
      ],
      goals: [
        fact(
          'price(a) · wait(a) ≤ price(b) · wait(b)',
          atMost(times(a.price, waitOf(a, now)), times(b.price, waitOf(b, now))),
        ),
      ],
    },
  ],
};
