import type { Step, TimedStimulus } from '../model/alphabet.ts';
import type { Configuration } from '../model/configuration.ts';
import type { Scheduler } from './scheduler.ts';

/**
 * Plays a scenario through a scheduler, step by step, as its stimuli arrive.
 *
 * @throws ImpossibleStimulus when a stimulus is not possible.
 */
export function* playThrough(
  scheduler: Scheduler,
  config: Configuration,
  stimuli: Iterable<TimedStimulus>,
): Generator<Step> {
  scheduler.reset(config);
  for (const { at, stimulus } of stimuli) {
    yield { at, stimulus, decisions: scheduler.step(at, stimulus) };
  }
}
