import { ImpossibleStimulus } from '../../../model/input-error.ts';
import { mutantOf } from '../parts/mutant.ts';
import { Remembered } from '../parts/remembered.ts';

export const mutant = mutantOf({
  name: 'refuses-all-beside-a-full-machine',
  sentence: 'Nothing is possible while a machine could not take one more.',
  rule: 'refuses-alike',
  fault: () => {
    const config = new Remembered();
    return {
      reads: (configuration) => config.remember(configuration),
      hears({ stimulus, state }) {
        const { initialMemory } = config.now;
        const isFull = state.machines.some(({ demand }) => demand > Number.MAX_SAFE_INTEGER - initialMemory);
        if (isFull && stimulus.type !== 'turn') throw new ImpossibleStimulus('a machine is full');
        return [stimulus];
      },
    };
  },
});
