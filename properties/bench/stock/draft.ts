import type { Moves } from './actors.ts';
import type { StockInvocation, StockState } from './state.ts';

/** What stimuli and decisions both do to a draft of the state. */

/** Copies the new states of the actors that have moved. */
export function follow(draft: StockState, { invocations, machines }: Moves): void {
  for (const { id, phase } of invocations) {
    const invocation = draft.invocations[id];
    if (invocation !== undefined) invocation.phase = phase;
  }
  for (const { id, availability, pressure } of machines) {
    const machine = draft.machines[id]!;
    machine.availability = availability;
    machine.pressure = pressure;
  }
}

/** Brings the meters of an invocation up to now: before its phase or its resident memory changes. */
export function meter(draft: StockState, invocation: StockInvocation): void {
  const ms = draft.now - invocation.meteredAt;
  if (invocation.phase === 'running') invocation.cpuMs += ms;
  invocation.mbMs += invocation.resident * ms;
  invocation.meteredAt = draft.now;
}

/** Separates a caller from the callee it waits for, which goes on as an orphan. */
export function orphanCallee(draft: StockState, invocation: StockInvocation): void {
  if (invocation.callee !== null) draft.invocations[invocation.callee]!.caller = null;
  invocation.callee = null;
}
