import fc from 'fast-check';
import type { Step } from '../../model/alphabet.ts';
import type { Scenario, Trace } from '../../model/configuration.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { plans } from '../arbitraries/plan.ts';
import { playPlan } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';

/**
 * What a scheduler makes of a scenario, up to the first stimulus that it calls impossible; or without those, if they are to
 * be passed over.
 */
export function traceOf(
  { config, stimuli }: Scenario,
  scheduler: Scheduler,
  { passOver = false }: { passOver?: boolean } = {},
): Trace {
  scheduler.reset(config);
  const steps: Step[] = [];
  for (const { at, stimulus } of stimuli) {
    try {
      steps.push({ at, stimulus, decisions: structuredClone(scheduler.step(at, stimulus)) });
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
      if (!passOver) break;
    }
  }
  return { config, steps };
}

/**
 * The same with something happening every ms at most: where hundreds of steps share one ms, as in some scenarios of
 * campaigns, logs of single nodes say nothing of their order.
 */
export function* spacedTraces(count: number, seed: number, size: Size = 'medium'): Generator<Trace> {
  const xx = createXX();
  for (const { config, steps } of referenceTraces(count, seed, size)) {
    const stimuli = steps.map(({ at, stimulus }, index) => ({ at: at + index, stimulus }));
    yield traceOf({ config, stimuli }, xx, { passOver: true });
  }
}

/** Traces of the reference, of scenarios as campaigns play them; the same seed gives the same ones. */
export function* referenceTraces(count: number, seed: number, size: Size = 'medium'): Generator<Trace> {
  const xx = createXX();
  for (const plan of fc.sample(plans(size), { seed, numRuns: count })) {
    yield traceOf(playPlan(plan, { scheduler: xx }, emptyCampaignTally()).scenario, xx);
  }
}
