import type { Decision } from '../../../model/alphabet.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'gives-the-room-back',
  sentence: 'An invocation that loses RAM so that another may start is given it back at once.',
  rule: 'page-in-to-run',
  fault: () => ({
    says(decisions) {
      if (!decisions.some(({ type }) => type === 'start')) return [...decisions];
      return decisions.flatMap((decision): Decision[] =>
        decision.type === 'pageOut' ? [decision, { ...decision, type: 'pageIn' }] : [decision],
      );
    },
  }),
});
