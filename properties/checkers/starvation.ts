import type { Placement, State } from '../../model/state.ts';
import type { Checker, Wrong } from './checker.ts';

const PROPERTY = 'bounded-low-class-starvation';

/**
 * Bounded low-class starvation (paper section 3.2): no invocation that was enqueued after e + w · (1 − price/price′) is
 * placed before one of class price that was enqueued at e and has waited for w, whatever the class price′ of the
 * newcomer. Checked against all that wait at the shard, in the form that has no fractions:
 * price′ · (enqueued′ − e) ≤ w · (price′ − price).
 */
export const boundedLowClassStarvation: Checker = {
  property: PROPERTY,
  check(state, _step, met) {
    for (const placement of state.due.placed) {
      const wrong = starvedBy(state, placement, met);
      if (wrong !== null) return wrong;
    }
    return null;
  },
};

function starvedBy(
  state: State,
  { invocation: placed, waitedMs: placedWaitedMs }: Placement,
  met: (property: typeof PROPERTY) => void,
): Wrong | null {
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
      met(PROPERTY);
      const waitedMs = state.now - waits.enqueuedAt;
      if (isMore(newcomerPrice, overtakenByMs, newcomerPrice - price, waitedMs)) {
        return {
          property: PROPERTY,
          entity: `invocation ${waits.id}`,
          message: `invocation ${placed.id} (price ${newcomerPrice}) arrived ${overtakenByMs} ms after invocation ${waits.id} (price ${price}, waiting for ${waitedMs} ms) and was placed before it`,
        };
      }
    }
  }
  return null;
}

/** Whether a · b > c · d, without rounding. */
function isMore(a: number, b: number, c: number, d: number): boolean {
  const [left, right] = [a * b, c * d];
  if (left <= Number.MAX_SAFE_INTEGER && right <= Number.MAX_SAFE_INTEGER) return left > right;
  return BigInt(a) * BigInt(b) > BigInt(c) * BigInt(d);
}
