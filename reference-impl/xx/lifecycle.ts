import type { Stimulus } from '../../model/alphabet.ts';
import { type Context, touch, unsettle } from './context.ts';
import { announceQueued, depart, end, orphanCallee } from './invocation.ts';
import { addOnce, discard } from './sorted.ts';
import { createEntry, createMachine, type XXState } from './state.ts';

/** Machines come and go, and so does their memory (paper section 3.2). */

/** A machine that was down, or a new one: up, empty, of the size given. */
export function joinMachine(
  xx: Context,
  state: XXState,
  stimulus: Extract<Stimulus, { type: 'join' }>,
): void {
  const { machine } = stimulus;
  if (machine === state.machines.length) state.entries.push(createEntry(machine));
  state.machines[machine] = createMachine(stimulus, xx.config.paging);
  state.largestRam = Math.max(state.largestRam, stimulus.ram);
  state.largestSwap = Math.max(state.largestSwap, stimulus.swap);
  addOnce(state.up, machine);
  touch(xx, machine);
}

/** No new placements; those that are live go on. A machine that is empty is down at once. */
export function drain(xx: Context, state: XXState, machineId: number): void {
  const machine = state.machines[machineId]!;
  machine.status = machine.live === 0 ? 'down' : 'draining';
  if (machine.status === 'down' && machine.disk !== null) xx.pager.forget(machine.disk);
  discard(state.up, machineId);
  touch(xx, machineId);
}

/** Others on the machine use `memory` MB of its RAM from now on. */
export function setAntagonist(xx: Context, state: XXState, machineId: number, memory: number): void {
  const machine = state.machines[machineId]!;
  machine.usableRam = Math.max(0, machine.ram - memory);
  unsettle(xx, machineId);
  touch(xx, machineId);
}

/**
 * The machine is down at once, and everyone on it is lost together: who among them waited for whom is forgotten
 * before each, in id order, is queued again or, after its last attempt, killed at no charge.
 */
export function crash(xx: Context, state: XXState, machineId: number): void {
  const machine = state.machines[machineId]!;
  const lost = [...machine.runnable, ...machine.blocked];
  lost.sort((left, right) => state.invocations[left]!.id - state.invocations[right]!.id);
  machine.status = 'down';
  discard(state.up, machineId);
  touch(xx, machineId);
  for (const slot of lost) {
    depart(xx, state, slot);
    orphanCallee(state, state.invocations[slot]!);
  }
  if (machine.disk !== null) xx.pager.forget(machine.disk);
  for (const slot of lost) retry(xx, state, slot);
}

function retry(xx: Context, state: XXState, slot: number): void {
  const invocation = state.invocations[slot]!;
  if (xx.policies.triesAgain(invocation.attempt, xx.config.maxAttempts)) {
    invocation.attempt++;
    invocation.phase = 'queued';
    invocation.enqueuedAt = xx.policies.enqueuedAgainAt(invocation.enqueuedAt, state.now);
    announceQueued(xx, state, slot);
  } else {
    const bill = { cpuMs: 0, mbMs: 0, cost: 0 };
    xx.decisions.push({ type: 'kill', id: invocation.id, reason: 'attempts', bill });
    end(xx, state, slot, 'failed');
  }
}
