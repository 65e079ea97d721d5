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

/** What a scheduler makes of a scenario, up to the first stimulus that it calls impossible. */
export function traceOf({ config, stimuli }: Scenario, scheduler: Scheduler): Trace {
  scheduler.reset(config);
  const steps: Step[] = [];
  for (const { at, stimulus } of stimuli) {
    try {
      steps.push({ at, stimulus, decisions: structuredClone(scheduler.step(at, stimulus)) });
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
      break;
    }
  }
  return { config, steps };
}

/** Traces of the reference, of scenarios as campaigns play them; the same seed gives the same ones. */
export function* referenceTraces(count: number, seed: number, size: Size = 'medium'): Generator<Trace> {
  const xx = createXX();
  for (const plan of fc.sample(plans(size), { seed, numRuns: count })) {
    yield traceOf(playPlan(plan, { scheduler: xx }, emptyCampaignTally()).scenario, xx);
  }
}
