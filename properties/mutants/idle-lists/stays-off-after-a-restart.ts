import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'stays-off-after-a-restart',
  sentence: 'A machine that a restarted shard has forgotten joins no list until something happens to it.',
  rule: 'idle-list-true',
  fault: () => ({
    says: (decisions, { stimulus }) => (stimulus.type === 'restart' ? [] : [...decisions]),
  }),
});
