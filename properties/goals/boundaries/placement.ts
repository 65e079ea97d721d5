import type { Decision } from '../../../model/alphabet.ts';
import { headOf } from '../../../model/fifo.ts';
import type { State } from '../../../model/state.ts';
import { AVAILABILITY } from '../../../model/table.ts';
import { AT, count, countWithin } from './table.ts';

/** Boundaries of section 3.2: which head a shard places, and on which machine. */

type Placement = Extract<Decision, { type: 'place' }>;

/** In the state before the placement, at the time of it. */
export function beforePlacement(state: State, at: number, placement: Placement, counts: Uint32Array): void {
  heads(state, at, placement.shard, counts);
  if (placement.via === 'poll') polled(state, placement, counts);
  else listed(state, placement, counts);
}

function heads({ config, shards }: State, at: number, shardId: number, counts: Uint32Array): void {
  const shard = shards[shardId];
  if (shard === undefined || shard.queued < 2) return;
  const { queues } = shard;
  for (let dear = queues.length - 1; dear > 0; dear--) {
    const one = headOf(queues[dear]!);
    if (one === undefined || one.enqueuedAt === at) continue;
    for (let cheap = dear - 1; cheap >= 0; cheap--) {
      const other = headOf(queues[cheap]!);
      if (other === undefined) continue;
      compare(
        config.classes[dear]!.price,
        at - one.enqueuedAt,
        config.classes[cheap]!.price,
        at - other.enqueuedAt,
        counts,
      );
    }
  }
}

function compare(dear: number, wait: number, cheap: number, otherWait: number, counts: Uint32Array): void {
  const [left, right] = [dear * wait, cheap * otherWait];
  const isVast = left > Number.MAX_SAFE_INTEGER || right > Number.MAX_SAFE_INTEGER;
  const off = isVast ? Number(BigInt(dear) * BigInt(wait) - BigInt(cheap) * BigInt(otherWait)) : left - right;
  const perMs = dear - cheap;
  countWithin(counts, AT['heads-against-each-other'], off, perMs);
  if (isVast) countWithin(counts, AT['heads-against-each-other-beyond-safe-integers'], off, perMs);
}

function listed({ machines, shards }: State, { machine, shard }: Placement, counts: Uint32Array): void {
  const entry = machines[machine]?.entry;
  const entries = shards[shard]?.entriesByFunctions;
  if (entry == null || entries === undefined) return;
  if ((entries[entry.functions] ?? 0) > 1) counts[AT['best-entry-against-next'] + 1]!++;
  else if ((entries[entry.functions + 1] ?? 0) > 0) counts[AT['best-entry-against-next'] + 2]!++;
}

function polled(
  { machines, byAvailability, config }: State,
  { machine, polled: sample }: Extract<Placement, { via: 'poll' }>,
  counts: Uint32Array,
): void {
  count(counts, AT['up-against-polled'], byAvailability[AVAILABILITY.up]!.length - config.kMachines);
  const fewest = machines[machine]?.live.length ?? 0;
  let next = Number.POSITIVE_INFINITY;
  for (const other of sample) {
    if (other !== machine) next = Math.min(next, machines[other]?.live.length ?? next);
  }
  if (next >= fewest) count(counts, AT['best-polled-against-next'], next - fewest);
}
