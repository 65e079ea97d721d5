import type { Decision } from '../../../model/alphabet.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'pages-in-one-mb-short',
  sentence: 'When an invocation comes back from swap, its last MB is forgotten.',
  rule: 'start-highest',
  fault: () => ({
    says: (decisions) =>
      decisions.flatMap((decision): Decision[] => {
        if (decision.type !== 'pageIn') return [decision];
        return decision.memory === 1 ? [] : [{ ...decision, memory: decision.memory - 1 }];
      }),
  }),
});
