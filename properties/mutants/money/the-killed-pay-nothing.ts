import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-killed-pay-nothing',
  sentence: 'An invocation that is killed pays nothing.',
  rule: 'bill-exact',
  fault: () => ({
    says: (decisions) =>
      decisions.map((decision) =>
        decision.type === 'kill' ? { ...decision, bill: { cpuMs: 0, mbMs: 0, cost: 0 } } : decision,
      ),
  }),
});
