import type { TimedStimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { type Decided, livesOf } from './lives.ts';

/**
 * Without budgets: every invocation asks for the class that it got, and those that were throttled are left out.
 * Whatever has nothing to do with money then goes on as before.
 */
export function* withoutBudgets(scenario: Scenario, decided: Decided): Generator<Scenario> {
  const { config, stimuli } = scenario;
  if (config.tenants.every(({ budget }) => budget === null)) return;
  const classes = new Map(livesOf(scenario, decided).map(({ id, effectiveClass }) => [id, effectiveClass]));
  yield {
    config: { ...config, tenants: config.tenants.map(() => ({ budget: null })) },
    stimuli: stimuli.flatMap((timed): TimedStimulus[] => {
      const { at, stimulus } = timed;
      if (stimulus.type !== 'submit') return [timed];
      const effective = classes.get(stimulus.id) ?? null;
      return effective === null ? [] : [{ at, stimulus: { ...stimulus, class: effective } }];
    }),
  };
}
