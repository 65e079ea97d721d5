import { mutantOf } from '../parts/mutant.ts';
import { spendsBy } from '../parts/shadow-account.ts';

export const mutant = mutantOf({
  name: 'a-period-starts-when-it-is-looked-at',
  sentence: 'What was spent between the start of a period and the first look at it is forgotten.',
  rule: 'admit',
  fault: spendsBy({ rollsOver: () => 0 }),
});
