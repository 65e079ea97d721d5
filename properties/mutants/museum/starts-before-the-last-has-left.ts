import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'starts-before-the-last-has-left',
  sentence: 'The next one starts as soon as one is known to end, before it has given up its core.',
  rule: 'start-highest',
  fault: () => ({
    says(decisions, { stimulus }) {
      if (stimulus.type !== 'finish') return [...decisions];
      const starts = decisions.filter(({ type }) => type === 'start');
      return [...starts, ...decisions.filter(({ type }) => type !== 'start')];
    },
  }),
});
