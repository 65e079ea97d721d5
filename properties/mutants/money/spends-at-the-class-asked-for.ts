import { mutantOf } from '../parts/mutant.ts';
import { spendsBy } from '../parts/shadow-account.ts';

export const mutant = mutantOf({
  name: 'spends-at-the-class-asked-for',
  sentence:
    'What an invocation with an inherited class costs counts at the price of the class that it asked for.',
  rule: 'admit',
  fault: spendsBy({ pricedAs: ({ askedClass }) => askedClass }),
});
