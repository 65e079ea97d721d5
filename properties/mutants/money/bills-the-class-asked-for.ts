import { mutantOf } from '../parts/mutant.ts';
import { billsBy } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'bills-the-class-asked-for',
  sentence: 'An invocation that inherited a class pays the price of the class that it asked for.',
  rule: 'bill-exact',
  fault: billsBy({ pricedAs: ({ askedClass }) => askedClass }),
});
