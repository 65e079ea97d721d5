import { fact, type Lemma } from '../lemma.ts';
import { a, arrived, b, hasGreatest, isInTime } from './shard-moment.ts';

export const boundedStarvation: Lemma = {
  id: 'bounded-starvation',
  statement:
    'If b is placed while a waits, price(b) · (e(b) − e(a)) ≤ wait(a) · (price(b) − price(a)): so b was enqueued by e(a) + wait(a) · (1 − price(a)/price(b)).',
  proof: [
    'Write wait(b) as wait(a) − (e(b) − e(a)) in price(a) · wait(a) ≤ price(b) · wait(b), and multiply out. Both are the same inequality. This is the form without fractions that `properties/checkers/starvation.ts` judges, for whatever prices and times.',
  ],
  rules: ['place-greatest', 'bounded-overtaking'],
  shows: ['bounded-low-class-starvation'],
  restsOn: ['greatest-of-all'],
  obligations: () => [
    {
      name: 'multiplied-out',
      words: 'The rule for pairs is the bound of the paper.',
      given: [...arrived(a, b), fact('b has at least as much as a', hasGreatest(b, a), 'greatest-of-all')],
      goals: [fact('b came in time', isInTime(b, a))],
    },
  ],
};
