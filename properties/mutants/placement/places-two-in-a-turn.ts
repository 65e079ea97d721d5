import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'places-two-in-a-turn',
  sentence: 'A shard places two functions in a turn.',
  rule: 'place-greatest',
  fault: () => ({ hears: ({ stimulus }) => (stimulus.type === 'turn' ? [stimulus, stimulus] : [stimulus]) }),
});
