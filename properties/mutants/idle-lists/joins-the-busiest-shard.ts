import type { ReadonlyXXState } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

function work(state: ReadonlyXXState, shard: number): number {
  return state.shards[shard]!.queues.reduce((sum, { slots, head }) => sum + slots.length - head, 0);
}

export const mutant = mutantOf({
  name: 'joins-the-busiest-shard',
  sentence: 'Of the lists polled a machine joins that of the shard with the most work.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      chooseIdleList: (state, polled) => polled.reduce((a, b) => (work(state, b) > work(state, a) ? b : a)),
    },
  }),
});
