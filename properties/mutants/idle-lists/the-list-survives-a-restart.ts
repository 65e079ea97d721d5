import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-list-survives-a-restart',
  sentence: 'A restarted shard still has its idle list.',
  rule: 'idle-list-true',
  fault: () => ({
    hears: ({ stimulus }) => [stimulus.type === 'restart' ? { type: 'tick' } : stimulus],
  }),
});
