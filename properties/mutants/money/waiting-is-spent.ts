import { mutantOf } from '../parts/mutant.ts';
import { spendsBy } from '../parts/shadow-account.ts';

export const mutant = mutantOf({
  name: 'waiting-is-spent',
  sentence: 'The wait for a core counts against a budget.',
  rule: 'admit',
  fault: spendsBy({ runs: ({ phase }) => phase === 'running' || phase === 'ready' }),
});
