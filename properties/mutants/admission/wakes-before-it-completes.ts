import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'wakes-before-it-completes',
  sentence: 'The caller is woken before its callee has ended.',
  rule: 'possible-decision',
  fault: () => ({
    says(decisions, { stimulus }) {
      const [ended, woken, ...others] = decisions;
      if (stimulus.type !== 'finish' || woken?.type !== 'wake') return [...decisions];
      return [woken, ended!, ...others];
    },
  }),
});
