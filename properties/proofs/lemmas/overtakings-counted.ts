import { fact, type Lemma } from '../lemma.ts';
import {
  and,
  atLeast,
  atMost,
  int,
  intVariable,
  lessThan,
  minus,
  moreThan,
  onlyIf,
  plus,
} from '../terms/term.ts';
import { a, arrived, b, isInTime, now } from './shard-moment.ts';

const until = intVariable('until', 'u');
const overtaken = intVariable('overtaken');
const waiting = intVariable('waiting');
const came = intVariable('came');

const counted = and(
  atLeast(overtaken, int(0)),
  atLeast(waiting, int(0)),
  atMost(plus(overtaken, waiting), came),
);
const inWindow = and(moreThan(b.enqueuedAt, a.enqueuedAt), isInTime(b, a, until));

export const overtakingsCounted: Lemma = {
  id: 'overtakings-counted',
  statement:
    'Up to any time u, one that waits since e(a) is overtaken at most as often as invocations of each price p came to its shard after it and by e(a) + (u − e(a)) · (1 − price(a)/p); never by one of its own price or a lower one.',
  proof: [
    'Call that stretch of time the window of p at u. It grows with u, so whoever overtakes at a time t up to u came in the window at u.',
    'Count, step by step: *overtaken*, how many have been placed before a that came in the window; *waiting*, how many that came in the window wait; *came*, how many came in it. Always overtaken + waiting ≤ came. An arrival in the window adds one to waiting and to came. A placement of one that came in the window takes one from waiting and adds one to overtaken. A placement of somebody else changes nothing. At the beginning all are 0.',
    'A new attempt after a crash counts as an arrival of its own, since its time of being enqueued is new.',
  ],
  rules: ['place-greatest', 'bounded-overtaking'],
  shows: ['bounded-low-class-starvation'],
  restsOn: ['bounded-starvation', 'only-dearer-overtake'],
  obligations: () => [
    {
      name: 'window-grows',
      words: 'Whoever overtakes at t came in the window at every later time u.',
      given: [
        ...arrived(a, b),
        fact('b came after a', lessThan(a.enqueuedAt, b.enqueuedAt)),
        fact('u is not before t', atMost(now, until)),
        fact('b came in time', isInTime(b, a), 'bounded-starvation'),
        fact('b is dearer', moreThan(b.price, a.price), 'only-dearer-overtake'),
      ],
      goals: [fact('b came in the window at u', inWindow)],
    },
    {
      name: 'arrival',
      words: 'An arrival, in the window or not, keeps the count.',
      given: [fact('so far', counted)],
      goals: [
        fact(
          'still',
          atMost(
            plus(overtaken, plus(waiting, onlyIf(inWindow, int(1)))),
            plus(came, onlyIf(inWindow, int(1))),
          ),
        ),
      ],
    },
    {
      name: 'placement',
      words: 'The placement of one that came in the window keeps the count.',
      given: [
        fact('so far', counted),
        fact('the one that is placed is among those that wait', atLeast(waiting, int(1))),
      ],
      goals: [
        fact('still', atMost(plus(overtaken, int(1), minus(waiting, int(1))), came)),
        fact('nobody is counted twice', atLeast(minus(waiting, int(1)), int(0))),
      ],
    },
    {
      name: 'bound',
      words: 'So a is overtaken at most as often as somebody came in the window.',
      given: [fact('so far', counted)],
      goals: [fact('the bound', atMost(overtaken, came))],
    },
  ],
};
