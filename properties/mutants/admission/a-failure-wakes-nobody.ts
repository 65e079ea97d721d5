import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-failure-wakes-nobody',
  sentence: 'The caller of an invocation that is killed waits forever.',
  rule: 'answered',
  fault: () => ({
    says: (decisions) =>
      decisions.filter((decision) => decision.type !== 'wake' || decision.outcome === 'ok'),
  }),
});
