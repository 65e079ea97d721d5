import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'takes-a-demand-of-nothing',
  sentence: 'A demand below 1 MB is taken for one of 1 MB.',
  rule: 'refuses-alike',
  fault: () => ({
    hears: ({ stimulus }) => [
      stimulus.type === 'resize' ? { ...stimulus, demand: Math.max(1, stimulus.demand) } : stimulus,
    ],
  }),
});
