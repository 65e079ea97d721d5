import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'polls-three-lists-at-most',
  sentence: 'A dispatcher polls three lists at most.',
  rule: 'idle-list-true',
  fault: () => ({
    says: (decisions) =>
      decisions.map((decision) =>
        decision.type === 'list' ? { ...decision, polled: decision.polled.slice(-3) } : decision,
      ),
  }),
});
