import type { Stimulus } from '../../model/alphabet.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Sampler } from '../xx/context.ts';
import type { ReadonlyXXState } from '../xx/state.ts';
import { createXX } from '../xx/xx.ts';
import type { Variant } from './variant.ts';

/**
 * A literal reading: whatever a function starts is in its call chain, also what it does not wait for. Who fired a trigger is
 * not said, so it is taken to be the highest that runs for the same tenant.
 */
export const xxTriggersInherit: Variant = {
  name: 'xx-triggers-inherit',
  summary: 'a literal reading: what a function triggers and does not wait for inherits its class, too',
  create: createTriggersInherit,
};

function createTriggersInherit(sample?: Sampler): Scheduler {
  const xx = createXX({ name: 'xx-triggers-inherit', ...(sample === undefined ? {} : { sample }) });
  return {
    name: xx.name,
    reset: (configuration) => xx.reset(configuration),
    step: (at, stimulus) => xx.step(at, inherited(xx.state, stimulus)),
    load: (snapshot) => xx.load!(snapshot),
  };
}

function inherited({ invocations }: ReadonlyXXState, stimulus: Stimulus): Stimulus {
  if (stimulus.type !== 'submit') return stimulus;
  const running = invocations.filter(
    ({ phase, tenant, machine }) => phase === 'running' && machine >= 0 && tenant === stimulus.tenant,
  );
  return { ...stimulus, class: Math.max(stimulus.class, ...running.map((one) => one.class)) };
}
