import type { Immutable } from 'immer';
import type { Scheduler } from '../scheduler.ts';
import { slotOf } from '../slot-table.ts';
import type { Sampler } from '../xx/context.ts';
import { type Policies, referencePolicies } from '../xx/policies.ts';
import type { Invocation, Machine, ReadonlyXXState } from '../xx/state.ts';
import { createXX } from '../xx/xx.ts';
import type { Variant } from './variant.ts';

/**
 * Another reading: the paper swaps others to make room for the one that grows, so growth succeeds, also where nobody is
 * lower. Who has grown runs on, whatever its rank, until it ends, blocks or shrinks, or others that grow later need its room.
 */
export const xxGrowthSucceeds: Variant = {
  name: 'xx-growth-succeeds',
  summary: 'XX in which the one that grows runs on, and all others make room for it, also higher ones',
  create,
};

function create(sample?: Sampler): Scheduler {
  const { name } = xxGrowthSucceeds;
  /** The ids of those that have grown, the last to grow first. */
  let grown: readonly number[] = [];
  const xx = createXX({
    name,
    policies: policies(() => grown),
    ...(sample === undefined ? {} : { sample }),
  });
  // Who has grown is not part of the states that exploration knows, so that it cannot be put into one.
  return {
    name,
    reset: (configuration) => xx.reset(configuration),
    step(at, stimulus) {
      const before = grown;
      // After a reset nobody runs, so that nobody is left either.
      grown = grown.filter((id) => invocationOf(xx.state, id)?.phase === 'running');
      if (stimulus.type === 'resize') {
        const { id, demand } = stimulus;
        const hasGrown = demand > (invocationOf(xx.state, id)?.demand ?? demand);
        grown = [...(hasGrown ? [id] : []), ...grown.filter((other) => other !== id)];
      }
      try {
        return xx.step(at, stimulus);
      } catch (refused) {
        grown = before;
        throw refused;
      }
    },
  };
}

function policies(grown: () => readonly number[]): Policies {
  return {
    ...referencePolicies,
    willRun(state, machine, slots) {
      const stay = thoseThatStay(state, machine, grown());
      if (stay.length === 0) return referencePolicies.willRun(state, machine, slots);
      slots.push(...stay);
      if (stay.length === machine.cores) return;
      // The others share what is left as they would share a machine of that size.
      const heldMb = stay.reduce((sum, slot) => sum + state.invocations[slot]!.demand, 0);
      const left = {
        ...machine,
        runnable: machine.runnable.filter((slot) => !stay.includes(slot)),
        demand: machine.demand - heldMb,
        usableRam: machine.usableRam - heldMb,
        cores: machine.cores - stay.length,
      };
      const others: number[] = [];
      referencePolicies.willRun(state, left, others);
      slots.push(...others);
    },
  };
}

/** The slots of those that have grown and run on a machine, as many as fit into RAM together. */
function thoseThatStay(
  state: ReadonlyXXState,
  machine: Immutable<Machine>,
  grown: readonly number[],
): number[] {
  let roomMb = machine.usableRam;
  return grown.flatMap((id) => {
    const slot = slotOf(state.slots, id);
    if (slot === undefined || !machine.runnable.includes(slot)) return [];
    const { phase, demand } = state.invocations[slot]!;
    if (phase !== 'running' || demand > roomMb) return [];
    roomMb -= demand;
    return [slot];
  });
}

function invocationOf(state: ReadonlyXXState, id: number): Immutable<Invocation> | undefined {
  const slot = slotOf(state.slots, id);
  return slot === undefined ? undefined : state.invocations[slot];
}
