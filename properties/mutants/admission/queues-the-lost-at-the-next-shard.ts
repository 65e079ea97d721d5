import { mutantOf } from '../parts/mutant.ts';
import { Remembered } from '../parts/remembered.ts';

export const mutant = mutantOf({
  name: 'queues-the-lost-at-the-next-shard',
  sentence: 'An invocation that is lost in a crash is queued again at another shard.',
  rule: 'admit',
  fault: () => {
    const config = new Remembered();
    return {
      reads: (configuration) => config.remember(configuration),
      says: (decisions, { stimulus }) =>
        decisions.map((decision) =>
          decision.type === 'enqueue' && stimulus.type === 'crash'
            ? { ...decision, shard: (decision.shard + 1) % config.now.shards }
            : decision,
        ),
    };
  },
});
