import { mutantOf } from '../parts/mutant.ts';
import { spendsBy } from '../parts/shadow-account.ts';

export const mutant = mutantOf({
  name: 'swapped-memory-is-spent',
  sentence: 'Memory in swap counts against a budget.',
  rule: 'admit',
  fault: spendsBy({ memoryMb: ({ demand }) => demand }),
});
