import { fact, type Lemma } from '../lemma.ts';
import { lessThan, moreThan } from '../terms/term.ts';
import { a, arrived, b, hasGreatest } from './shard-moment.ts';

export const onlyDearerOvertake: Lemma = {
  id: 'only-dearer-overtake',
  statement:
    'Only one of a higher price can be placed before one that came earlier: a class is first come, first served, and nobody is overtaken by a cheaper one.',
  proof: [
    'Let b come after a, so that it has waited less, and let it be no dearer. Then price(b) · wait(b) ≤ price(a) · wait(b) < price(a) · wait(a), since prices are at least 1. But whoever is placed has the greatest price × wait.',
  ],
  rules: ['place-greatest', 'bounded-overtaking'],
  shows: ['bounded-low-class-starvation'],
  restsOn: ['greatest-of-all'],
  obligations: () => [
    {
      name: 'dearer',
      words: 'Whoever overtakes is dearer.',
      given: [
        ...arrived(a, b),
        fact('b came after a', lessThan(a.enqueuedAt, b.enqueuedAt)),
        fact('b has at least as much as a', hasGreatest(b, a), 'greatest-of-all'),
      ],
      goals: [fact('b is dearer', moreThan(b.price, a.price))],
    },
  ],
};
