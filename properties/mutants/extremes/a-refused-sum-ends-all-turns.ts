import { UnsafeSum } from '../../../model/input-error.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-refused-sum-ends-all-turns',
  sentence: 'Once a sum has left the safe integers and was refused, no turn is heard any more.',
  rule: 'stays-exact',
  fault: () => {
    let hasRefused = false;
    return {
      hears: ({ stimulus }) => [hasRefused && stimulus.type === 'turn' ? { type: 'tick' } : stimulus],
      refuses(refusal) {
        hasRefused ||= refusal instanceof UnsafeSum;
        throw refusal;
      },
    };
  },
});
