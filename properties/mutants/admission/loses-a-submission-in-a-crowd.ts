import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'loses-a-submission-in-a-crowd',
  sentence: 'A root that comes while others of its class wait at the shard is lost without an answer.',
  rule: 'conservation',
  fault: () => ({
    hears({ stimulus, state }) {
      if (stimulus.type !== 'submit') return [stimulus];
      const queue = state.shards[stimulus.shard]?.queues[stimulus.class];
      return queue === undefined || queue.slots.length === queue.head ? [stimulus] : [];
    },
  }),
});
