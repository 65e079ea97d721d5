import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'callees-are-not-degraded',
  sentence: 'The flag of a degraded chain is lost on a callee.',
  rule: 'admit',
  fault: () => ({
    says: (decisions, { stimulus }) =>
      decisions.map((decision) =>
        decision.type === 'enqueue' && stimulus.type === 'call' ? { ...decision, degraded: false } : decision,
      ),
  }),
});
