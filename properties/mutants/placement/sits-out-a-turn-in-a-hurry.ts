import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'sits-out-a-turn-in-a-hurry',
  sentence: 'What was queued in this very ms has to wait for the next.',
  rule: 'answered',
  fault: () => {
    let queuedAt = -1;
    return {
      hears({ at, stimulus }) {
        if (stimulus.type === 'submit') queuedAt = at;
        return [stimulus.type === 'turn' && queuedAt === at ? { type: 'tick' } : stimulus];
      },
    };
  },
});
