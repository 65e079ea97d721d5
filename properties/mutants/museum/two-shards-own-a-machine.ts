import type { Decision } from '../../../model/alphabet.ts';
import { mutantOf } from '../parts/mutant.ts';
import { Remembered } from '../parts/remembered.ts';

export const mutant = mutantOf({
  name: 'two-shards-own-a-machine',
  sentence:
    'A machine that joins the list of one shard joins that of the next one too, and both give its room away.',
  rule: 'possible-decision',
  fault: () => {
    const config = new Remembered();
    return {
      reads: (configuration) => config.remember(configuration),
      says: (decisions) =>
        decisions.flatMap((decision): Decision[] => {
          if (decision.type !== 'list' || config.now.shards === 1) return [decision];
          const shard = (decision.shard + 1) % config.now.shards;
          return [decision, { ...decision, shard, polled: [shard] }];
        }),
    };
  },
});
