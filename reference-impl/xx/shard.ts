import { UnsafeSum } from '../../model/input-error.ts';
import { type Context, touch } from './context.ts';
import { isSafe } from './exact.ts';
import { clear, refresh } from './idle-list.ts';
import { arrive } from './invocation.ts';
import { dequeue, peek } from './multi-queue.ts';
import { NONE, type XXState } from './state.ts';

/**
 * The decisions of a global scheduler shard (paper section 3.2): which function is placed next, and where. A shard
 * knows its queues and its idle list; of the machines it knows what it polls.
 */

/** A shard's turn: places one function, or none when none is queued or no machine is up. */
export function turn(xx: Context, state: XXState, shardId: number): void {
  const shard = state.shards[shardId]!;
  const slot = peek(xx, state, shard);
  if (slot === NONE || state.up.length === 0) return;
  if (shard.idle.length > 0) placeByList(xx, state, shardId, slot);
  else placeByPoll(xx, state, shardId, slot);
}

/** Forgets a shard's idle list, as a restart does; its queue is durable. */
export function forgetIdleList(xx: Context, state: XXState, shardId: number): void {
  const shard = state.shards[shardId]!;
  for (const machine of shard.idle) touch(xx, machine);
  clear(state, shard);
}

function placeByList(xx: Context, state: XXState, shard: number, slot: number): void {
  const machine = state.shards[shard]!.idle[0]!;
  checkDemand(xx, state, slot, machine);
  const { id } = state.invocations[slot]!;
  xx.decisions.push({ type: 'place', id, shard, machine, via: 'idle-list' });
  const { available, functions } = state.entries[machine]!;
  refresh(xx, state, machine, available, xx.policies.functionsAfterPlacement(functions));
  place(xx, state, shard, slot, machine);
}

function placeByPoll(xx: Context, state: XXState, shard: number, slot: number): void {
  const polled = pollMachines(xx, state);
  const machine = xx.policies.choosePolled(state, polled, slot, xx.config.initialMemory);
  checkDemand(xx, state, slot, machine);
  const { id } = state.invocations[slot]!;
  xx.decisions.push({ type: 'place', id, shard, machine, via: 'poll', polled });
  place(xx, state, shard, slot, machine);
}

function place(xx: Context, state: XXState, shard: number, slot: number, machine: number): void {
  dequeue(state.shards[shard]!, state.invocations[slot]!.class);
  arrive(xx, state, slot, machine);
}

/** The sample is of places in the ascending list of machines that are up, so it is ascending too. */
function pollMachines(xx: Context, state: XXState): number[] {
  const polled = xx.sample(state.generator, state.up.length, xx.config.kMachines);
  for (let index = 0; index < polled.length; index++) polled[index] = state.up[polled[index]!]!;
  return polled;
}

function checkDemand(xx: Context, state: XXState, slot: number, machine: number): void {
  const { demand } = state.machines[machine]!;
  if (isSafe(demand + xx.config.initialMemory)) return;
  throw new UnsafeSum(
    `at ${state.now}: placing invocation ${state.invocations[slot]!.id} takes the demand on machine ${machine} from ` +
      `${demand} MB beyond the safe integers`,
  );
}
