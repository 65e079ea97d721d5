import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'calls-every-kill-one-for-memory',
  sentence: 'An invocation that can never fit is killed under the wrong reason.',
  rule: 'kill-iff',
  fault: () => ({
    says: (decisions) =>
      decisions.map((decision) =>
        decision.type === 'kill' && decision.reason === 'exceeds-machine'
          ? { ...decision, reason: 'memory' }
          : decision,
      ),
  }),
});
