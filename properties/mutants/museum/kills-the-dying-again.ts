import type { Decision } from '../../../model/alphabet.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'kills-the-dying-again',
  sentence: 'An invocation that has just been killed is chosen as the next victim.',
  rule: 'possible-decision',
  fault: () => ({
    says: (decisions) =>
      decisions.flatMap((decision): Decision[] =>
        decision.type === 'kill' ? [decision, decision] : [decision],
      ),
  }),
});
