import { isUsed } from '../../../reference-impl/xx/used-ids.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'takes-an-id-twice',
  sentence: 'A root whose id was used before is taken for another.',
  rule: 'refuses-alike',
  fault: () => ({
    hears({ stimulus, state }) {
      const again = stimulus.type === 'submit' && isUsed(state.usedIds, stimulus.id);
      return [again ? { type: 'tick' } : stimulus];
    },
  }),
});
