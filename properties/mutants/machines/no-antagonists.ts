import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'no-antagonists',
  sentence: 'What others use of a machine is not noticed.',
  rule: 'idle-list-true',
  fault: () => ({
    hears: ({ stimulus }) => [stimulus.type === 'antagonist' ? { type: 'tick' } : stimulus],
  }),
});
