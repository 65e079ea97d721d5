import { ImpossibleStimulus } from '../../../model/input-error.ts';
import { mutantOf } from '../parts/mutant.ts';
import { Remembered } from '../parts/remembered.ts';

export const mutant = mutantOf({
  name: 'a-refusal-uses-up-the-id',
  sentence: 'The id of a submission that is refused for its class cannot be used again.',
  rule: 'refuses-alike',
  fault: () => {
    const config = new Remembered();
    const usedUp = new Set<number>();
    return {
      reads: (configuration) => config.remember(configuration),
      hears({ stimulus }) {
        if (stimulus.type !== 'submit') return [stimulus];
        if (usedUp.has(stimulus.id)) throw new ImpossibleStimulus(`submit ${stimulus.id}: used before`);
        if (stimulus.class >= config.now.classes.length) usedUp.add(stimulus.id);
        return [stimulus];
      },
    };
  },
});
