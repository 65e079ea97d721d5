import { ImpossibleStimulus } from '../../../model/input-error.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'takes-no-empty-name',
  sentence: 'A function without a name is called impossible.',
  rule: 'refuses-alike',
  fault: () => ({
    hears({ stimulus }) {
      const isNew = stimulus.type === 'submit' || stimulus.type === 'call';
      if (isNew && stimulus.function === '') throw new ImpossibleStimulus('a function needs a name');
      return [stimulus];
    },
  }),
});
