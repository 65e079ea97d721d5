import { type Policies, referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { NONE, type ReadonlyXXState } from '../../../reference-impl/xx/state.ts';
import type { SeenInvocation, SeenMachine } from './will-run.ts';

/** The slot of the first of a machine's live invocations in some wrong order, or NONE. */
export function victimBy(
  state: ReadonlyXXState,
  machine: SeenMachine,
  order: (a: SeenInvocation, b: SeenInvocation) => number,
  counts: (invocation: SeenInvocation) => boolean = () => true,
): number {
  const slots = [...machine.runnable, ...machine.blocked].filter((slot) => counts(state.invocations[slot]!));
  slots.sort((a, b) => order(state.invocations[a]!, state.invocations[b]!));
  return slots[0] ?? NONE;
}

/** When a kill is due, the first in some wrong order. */
export function killsBy(order: (a: SeenInvocation, b: SeenInvocation) => number): Policies['exceedsMemory'] {
  return (state, machine) =>
    referencePolicies.exceedsMemory(state, machine) === NONE ? NONE : victimBy(state, machine, order);
}
