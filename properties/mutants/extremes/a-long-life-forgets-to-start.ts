import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-long-life-forgets-to-start',
  sentence: 'Once 300 functions have been placed nobody is started any more.',
  rule: 'run-the-highest',
  fault: () => {
    let placed = 0;
    return {
      says(decisions) {
        const isOld = placed >= 300;
        placed += decisions.filter(({ type }) => type === 'place').length;
        return decisions.filter(({ type }) => !isOld || type !== 'start');
      },
    };
  },
});
