import type { ReadonlyXXState } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

const hasWork = ({ queues }: ReadonlyXXState['shards'][number]): boolean =>
  queues.some(({ slots, head }) => head < slots.length);

export const mutant = mutantOf({
  name: 'steals-work',
  sentence: 'A shard without work places what another has queued.',
  rule: 'place-greatest',
  fault: () => ({
    hears({ stimulus, state }) {
      if (stimulus.type !== 'turn' || hasWork(state.shards[stimulus.shard]!)) return [stimulus];
      const other = state.shards.findIndex(hasWork);
      return [other === -1 ? stimulus : { ...stimulus, shard: other }];
    },
  }),
});
