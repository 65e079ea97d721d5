import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-crash-forgives-the-degraded',
  sentence: 'An invocation that is queued again after a crash is no longer degraded.',
  rule: 'admit',
  fault: () => ({
    says: (decisions, { stimulus }) =>
      decisions.map((decision) =>
        decision.type === 'enqueue' && stimulus.type === 'crash'
          ? { ...decision, degraded: false }
          : decision,
      ),
  }),
});
