import type { KillReason } from '../../model/alphabet.ts';
import { type Context, markChosen } from './context.ts';
import { join, leave, refresh } from './idle-list.ts';
import { end } from './invocation.ts';
import { billOf, setResident } from './meter.ts';
import { availableMb } from './policies.ts';
import { empty } from './sorted.ts';
import { type Machine, NONE, type XXState } from './state.ts';

/**
 * The decisions of a machine's dispatcher (paper section 3.2): whom to kill when memory is not enough, whose pages go
 * to swap and come back, and which shard's idle list the machine is on. It knows its machine, and of the shards what it
 * polls.
 */

/** Kills until everyone left fits the machine, alone and all together; each wakes its caller at once. */
export function killWhatCannotStay(xx: Context, state: XXState, machine: Machine): void {
  const { exceedsMachine, exceedsMemory } = xx.policies;
  for (let slot = exceedsMachine(state, machine); slot !== NONE; slot = exceedsMachine(state, machine)) {
    kill(xx, state, slot, 'exceeds-machine');
  }
  for (let slot = exceedsMemory(state, machine); slot !== NONE; slot = exceedsMemory(state, machine)) {
    kill(xx, state, slot, 'memory');
  }
}

/** Moves pages so that those in the will-run set have theirs in RAM: out exactly as much as is needed, then in. */
export function movePages(xx: Context, state: XXState, machine: Machine): void {
  const lackMb = machine.resident === machine.demand ? 0 : lackOfChosenMb(xx, state);
  const excessMb = machine.resident + lackMb - machine.usableRam;
  if (excessMb > 0) pageOut(xx, state, machine, excessMb);
  if (lackMb > 0) pageIn(xx, state, machine);
}

/** What of those in the will-run set is not in RAM. */
function lackOfChosenMb(xx: Context, state: XXState): number {
  let lackMb = 0;
  for (const slot of xx.willRun) {
    const { demand, resident } = state.invocations[slot]!;
    lackMb += demand - resident;
  }
  return lackMb;
}

/** Makes a machine's place on the idle lists true again: one decision at most. */
export function updateIdleLists(xx: Context, state: XXState, machineId: number): void {
  if (xx.config.without?.includes('idle-lists')) return;
  const machine = state.machines[machineId]!;
  const { listedOn: shard } = machine;
  switch (xx.policies.idleListChange(machine, state.entries[machineId]!, xx.config.idle)) {
    case 'none':
      return;
    case 'unlist':
      leave(xx, state, machineId);
      xx.decisions.push({ type: 'unlist', machine: machineId, shard });
      return;
    case 'relist': {
      const available = availableMb(machine);
      const functions = machine.live;
      refresh(xx, state, machineId, available, functions);
      xx.decisions.push({ type: 'relist', machine: machineId, shard, available, functions });
      return;
    }
    case 'list': {
      const available = availableMb(machine);
      const functions = machine.live;
      const polled = xx.sample(state.generator, state.shards.length, xx.config.kShards);
      const chosen = xx.policies.chooseIdleList(state, polled);
      join(xx, state, chosen, machineId, available, functions);
      xx.decisions.push({ type: 'list', machine: machineId, shard: chosen, available, functions, polled });
      return;
    }
  }
}

function kill(xx: Context, state: XXState, slot: number, reason: KillReason): void {
  const invocation = state.invocations[slot]!;
  xx.decisions.push({ type: 'kill', id: invocation.id, reason, bill: billOf(xx, state, invocation) });
  end(xx, state, slot, 'failed');
}

/** Invocations that run, or will run, keep their pages; the others lose theirs in the order of the policy. */
function pageOut(xx: Context, state: XXState, machine: Machine, excessMb: number): void {
  const { victims } = xx;
  empty(victims);
  xx.policies.pageOutOrder(state, machine, victims);
  markChosen(xx, state);
  let dueMb = excessMb;
  for (let index = 0; index < victims.length && dueMb > 0; index++) {
    const slot = victims[index]!;
    if (xx.chosenIn[slot] === xx.choice) continue;
    const victim = state.invocations[slot]!;
    const memory = Math.min(victim.resident, dueMb);
    if (memory === 0) continue;
    setResident(xx, state, machine, victim, victim.resident - memory);
    dueMb -= memory;
    xx.decisions.push({ type: 'pageOut', id: victim.id, memory });
  }
}

function pageIn(xx: Context, state: XXState, machine: Machine): void {
  for (const slot of xx.willRun) {
    const invocation = state.invocations[slot]!;
    const memory = invocation.demand - invocation.resident;
    if (memory === 0) continue;
    setResident(xx, state, machine, invocation, invocation.demand);
    xx.decisions.push({ type: 'pageIn', id: invocation.id, memory });
  }
}
