import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-lost-wake',
  sentence: 'The caller of an invocation that has completed waits forever.',
  rule: 'answered',
  fault: () => ({
    says: (decisions) =>
      decisions.filter((decision) => decision.type !== 'wake' || decision.outcome !== 'ok'),
  }),
});
