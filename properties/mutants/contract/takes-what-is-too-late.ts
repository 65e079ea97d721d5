import { mutantOf } from '../mutant.ts';

export const mutant = mutantOf({
  name: 'takes-what-is-too-late',
  sentence: 'A stimulus whose time lies before the last step is taken as if it came now.',
  rule: 'refuses-alike',
  fault: () => ({
    hears: ({ at, stimulus, state }) => [at < state.now ? { type: 'tick' } : stimulus],
  }),
});
