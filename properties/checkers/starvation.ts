import type { Checker } from './checker.ts';

/**
 * Bounded low-class starvation (paper section 3.2): nobody who was enqueued after e + w · (1 − price/price′) is
 * placed before one of class price that was enqueued at e and has waited for w, whatever the class price′ of the
 * newcomer. Checked against everybody who waits at the shard, in the form that has no fractions:
 * price′ · (enqueued′ − e) ≤ w · (price′ − price).
 */
export const boundedLowClassStarvation: Checker = {
  properties: ['bounded-low-class-starvation'],
  check(state, _step, met) {
    const { placed, placedWaitedMs } = state.due;
    if (placed === null) return null;
    const { classes } = state.config;
    const newcomerPrice = classes[placed.class]!.price;
    const newcomerEnqueuedAt = state.now - placedWaitedMs;
    const { queues } = state.shards[placed.shard]!;
    for (let lower = 0; lower < placed.class; lower++) {
      const { items, head } = queues[lower]!;
      const { price } = classes[lower]!;
      for (let index = head; index < items.length; index++) {
        const waits = items[index]!;
        const overtakenByMs = newcomerEnqueuedAt - waits.enqueuedAt;
        if (overtakenByMs <= 0) continue;
        met('bounded-low-class-starvation');
        const waitedMs = state.now - waits.enqueuedAt;
        if (
          BigInt(newcomerPrice) * BigInt(overtakenByMs) >
          BigInt(waitedMs) * BigInt(newcomerPrice - price)
        ) {
          return {
            property: 'bounded-low-class-starvation',
            entity: `invocation ${waits.id}`,
            message: `invocation ${placed.id} (price ${newcomerPrice}) came ${overtakenByMs} ms after invocation ${waits.id} (price ${price}, waiting for ${waitedMs} ms) and was placed before it`,
          };
        }
      }
    }
    return null;
  },
};
