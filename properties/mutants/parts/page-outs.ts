import type { Policies } from '../../../reference-impl/xx/policies.ts';
import type { SeenInvocation } from './will-run.ts';

/** Who loses RAM before whom, in some wrong order: negative when a does. */
export function pageOutBy(order: (a: SeenInvocation, b: SeenInvocation) => number): Policies['pageOutOrder'] {
  return (state, machine, slots) => {
    slots.push(...machine.runnable, ...machine.blocked);
    slots.sort((a, b) => order(state.invocations[a]!, state.invocations[b]!));
  };
}
