import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'never-degrades',
  sentence: 'A tenant ahead of pace is admitted as asked.',
  rule: 'admit',
  fault: () => ({
    policies: { admit: (spent, _elapsedMs, { budget }) => (spent >= budget ? 'throttled' : 'as-asked') },
  }),
});
