import { mutantOf } from '../parts/mutant.ts';
import { spendsBy } from '../parts/shadow-account.ts';

export const mutant = mutantOf({
  name: 'memory-is-not-spent',
  sentence: 'What memory costs does not count against a budget.',
  rule: 'admit',
  fault: spendsBy({ memoryMb: () => 0 }),
});
