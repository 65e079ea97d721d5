import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'every-callee-succeeds',
  sentence: 'A caller that wakes is told that its callee went well, even if it was killed.',
  rule: 'wake-caller',
  fault: () => ({
    says: (decisions) =>
      decisions.map((decision) => (decision.type === 'wake' ? { ...decision, outcome: 'ok' } : decision)),
  }),
});
