import { ImpossibleStimulus } from '../../../model/input-error.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'takes-32-bits-of-an-id',
  sentence: 'Ids of more than 32 bits are called impossible.',
  rule: 'refuses-alike',
  fault: () => ({
    hears({ stimulus }) {
      const isNew = stimulus.type === 'submit' || stimulus.type === 'call';
      if (isNew && stimulus.id >= 2 ** 32) throw new ImpossibleStimulus(`the id ${stimulus.id} is too large`);
      return [stimulus];
    },
  }),
});
