import type { Stimulus } from '../../model/alphabet.ts';
import { slotOf } from '../slot-table.ts';
import { admitRoot } from './budget.ts';
import type { Context } from './context.ts';
import { announceQueued, block, createInvocation } from './invocation.ts';
import type { XXState } from './state.ts';
import { use } from './used-ids.ts';

/** How invocations come in (paper section 3.1): roots through their tenant's budget, callees by inheritance. */

/** A root: queued as asked, or degraded, or throttled, as its tenant's budget has it. */
export function submit(xx: Context, state: XXState, stimulus: Extract<Stimulus, { type: 'submit' }>): void {
  const { id, tenant, class: askedClass, shard } = stimulus;
  const admission = admitRoot(xx, state, tenant);
  if (admission === 'throttled') {
    use(state.usedIds, id);
    xx.decisions.push({ type: 'throttle', id });
    return;
  }
  const degraded = admission === 'degraded';
  const effective = degraded ? xx.policies.degradedClass(askedClass) : askedClass;
  const slot = createInvocation(state, id, tenant, stimulus.function, askedClass, effective, degraded, shard);
  announceQueued(xx, state, slot);
}

/**
 * A callee: queued for its caller's tenant, whatever the budget, at a class that is not below its caller's, which is
 * blocked until it ends.
 */
export function call(xx: Context, state: XXState, stimulus: Extract<Stimulus, { type: 'call' }>): void {
  const { id, class: askedClass, shard } = stimulus;
  const callerSlot = slotOf(state.slots, stimulus.caller)!;
  const { tenant, class: callerClass, degraded } = state.invocations[callerSlot]!;
  const effective = xx.policies.inheritedClass(callerClass, askedClass, degraded);
  const slot = createInvocation(state, id, tenant, stimulus.function, askedClass, effective, degraded, shard);
  block(xx, state, callerSlot, slot);
  announceQueued(xx, state, slot);
}
