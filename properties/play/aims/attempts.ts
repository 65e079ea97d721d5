import type { Invocation } from '../../../model/entities.ts';
import { AVAILABILITY } from '../../../model/table.ts';
import { everybody } from '../../../model/unended.ts';
import type { Aim } from './aim.ts';

/** Crashes of whichever machine holds the one that has been tried most, until it may not be tried again. */
export const attempts: Aim = {
  name: 'attempts',
  suits: ({ maxAttempts }) => (maxAttempts > 3 ? 'as-few-do' : 'well'),
  next({ state, below }) {
    const tried = mostTried(everybody(state.invocations));
    if (tried === null) return null;
    const { now: at } = state;
    if (tried.machine !== null) return { at, stimulus: { type: 'crash', machine: tried.machine.id } };
    if (state.byAvailability[AVAILABILITY.up]!.length > 0) {
      return { at: at + below(2), stimulus: { type: 'turn', shard: tried.shard } };
    }
    const down = state.byAvailability[AVAILABILITY.down]![0];
    if (down === undefined) return null;
    const { cores, ram, swap } = state.config.machines[0]!;
    return { at, stimulus: { type: 'join', machine: down.id, cores, ram, swap } };
  },
};

function mostTried(live: readonly Invocation[]): Invocation | null {
  let most: Invocation | null = null;
  for (const one of live) if (one.attempt > (most?.attempt ?? 0)) most = one;
  return most;
}
