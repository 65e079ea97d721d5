import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'keeps-its-age-after-a-crash',
  sentence: 'An invocation that is queued again after a crash has waited since it was first submitted.',
  rule: 'place-greatest',
  fault: () => ({ policies: { enqueuedAgainAt: (enqueuedAt) => enqueuedAt } }),
});
