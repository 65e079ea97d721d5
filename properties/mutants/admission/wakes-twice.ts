import type { Decision } from '../../../model/alphabet.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'wakes-twice',
  sentence: 'A caller is woken twice.',
  rule: 'possible-decision',
  fault: () => ({
    says: (decisions) =>
      decisions.flatMap((decision): Decision[] =>
        decision.type === 'wake' ? [decision, decision] : [decision],
      ),
  }),
});
