import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'holds-those-who-gave-up',
  sentence: 'Clients give up, and what they have asked for stays in the queue and is done all the same.',
  rule: 'places-nobody-in-vain',
  words: ['timeouts'],
  fault: () => ({}),
});
