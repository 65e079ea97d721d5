import type { Decision } from '../../../model/alphabet.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'wakes-a-step-late',
  sentence: 'A caller is woken in the step after its callee has ended.',
  rule: 'answered',
  fault: () => {
    let late: Decision[] = [];
    return {
      says(decisions) {
        const said = [...late, ...decisions.filter(({ type }) => type !== 'wake')];
        late = decisions.filter(({ type }) => type === 'wake');
        return said;
      },
    };
  },
});
