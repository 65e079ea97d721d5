import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-lowest-are-not-degraded',
  sentence:
    'A root that asks for the lowest class is not flagged as degraded, so its callees are not degraded.',
  rule: 'admit',
  fault: () => ({
    says: (decisions, { stimulus }) =>
      decisions.map((decision) =>
        decision.type === 'enqueue' && stimulus.type === 'submit' && stimulus.class === 0
          ? { ...decision, degraded: false }
          : decision,
      ),
  }),
});
