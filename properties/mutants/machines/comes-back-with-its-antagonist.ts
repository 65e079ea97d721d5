import type { Stimulus } from '../../../model/alphabet.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'comes-back-with-its-antagonist',
  sentence: 'A machine that joins again still has the antagonist that it had before.',
  rule: 'idle-list-true',
  fault: () => {
    const antagonists = new Map<number, Stimulus>();
    return {
      hears({ stimulus }) {
        if (stimulus.type === 'antagonist') antagonists.set(stimulus.machine, stimulus);
        const stays = stimulus.type === 'join' ? antagonists.get(stimulus.machine) : undefined;
        return stays === undefined ? [stimulus] : [stimulus, stays];
      },
      says(decisions, { stimulus }) {
        // The machine joins and takes its antagonist in one step, after which it says of its list what is true then.
        if (stimulus.type !== 'join') return [...decisions];
        const last = decisions.findLastIndex(({ type }) => type === 'list' || type === 'relist');
        return decisions.filter(({ type }, index) => type !== 'list' || index >= last);
      },
    };
  },
});
