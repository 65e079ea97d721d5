import { mutantOf } from '../parts/mutant.ts';
import { byRank, type SeenInvocation, willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'old-age-beats-class',
  sentence: 'On a machine, too, price grows with age, so that nothing starves there.',
  rule: 'run-the-highest',
  fault: () => {
    let now = 0;
    const credit = ({ priority, enqueuedAt }: SeenInvocation): number => (priority + 1) * (now - enqueuedAt);
    return {
      hears({ at, stimulus }) {
        now = at;
        return [stimulus];
      },
      policies: { willRun: willRunBy({ order: (a, b) => credit(b) - credit(a) || byRank(a, b) }) },
    };
  },
});
