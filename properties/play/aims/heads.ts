import { headOf } from '../../../model/fifo.ts';
import type { Shard } from '../../../model/state.ts';
import { AVAILABILITY } from '../../../model/table.ts';
import { type Aim, nearby, someOf } from './aim.ts';

/** Turns that a shard takes just when the price × wait of two heads is equal, or a ms before or after that. */
export const heads: Aim = {
  name: 'heads',
  suits: ({ classes }) => (classes.length > 1 ? 'well' : 'not'),
  next(desk) {
    const { state, below } = desk;
    if (state.byAvailability[AVAILABILITY.up]!.length === 0) return null;
    const shard = someOf(state.shards, desk, (one) => one.queued > 1 && classesQueued(one).length > 1);
    if (shard === null) {
      return { at: state.now, stimulus: desk.submission(below(state.config.tenants.length)) };
    }
    const queued = classesQueued(shard);
    const which = below(queued.length - 1);
    const at = tieOf(
      priced(state, shard, queued[which]!),
      priced(state, shard, queued[which + 1 + below(queued.length - which - 1)]!),
    );
    const time = at + nearby(desk);
    if (!Number.isSafeInteger(time) || time < state.now) return null;
    return { at: time, stimulus: { type: 'turn', shard: state.shards.indexOf(shard) } };
  },
};

function classesQueued({ queues }: Shard): number[] {
  return queues.flatMap((queue, index) => (headOf(queue) === undefined ? [] : [index]));
}

function priced({ config }: Parameters<Aim['next']>[0]['state'], { queues }: Shard, index: number) {
  return { price: BigInt(config.classes[index]!.price), since: BigInt(headOf(queues[index]!)!.enqueuedAt) };
}

/** The time at which a dearer one that came later has caught up with a cheaper one: p·(t − s) = q·(t − u). */
function tieOf(cheap: { price: bigint; since: bigint }, dear: { price: bigint; since: bigint }): number {
  return Number((dear.price * dear.since - cheap.price * cheap.since) / (dear.price - cheap.price));
}
