import type { Configuration } from '../../model/configuration.ts';
import type { Checker } from '../checkers/checker.ts';
import type { PropertyId } from '../property.ts';
import { noCrowdingOnAMachine } from './crowding.ts';
import {
  createNoCrowding,
  createNoCrowdingAcrossMachines,
  noCrowdingWhileATickPasses,
} from './crowding-in-the-cluster.ts';
import { placesNobodyInVain } from './in-vain.ts';
import { PROMISES } from './peers/index.ts';
import { createBoundedPreemption } from './preemption.ts';

/** Those judged on request that need nothing but a state and a step. */
export const ON_REQUEST_OF_STEPS: readonly Checker[] = [noCrowdingOnAMachine, placesNobodyInVain];

/** How to make the checker of each of the others, which keeps an account of a whole run. */
const OF_RUNS: { readonly [Id in PropertyId]?: (config: Configuration) => Checker } = {
  'no-crowding-across-machines': createNoCrowdingAcrossMachines,
  'no-crowding': createNoCrowding,
  'bounded-preemption': createBoundedPreemption,
  ...Object.fromEntries(PROMISES.map(({ property, create }) => [property.id, create])),
};

/** As much of some of them as a single state shows, which is what an exploration can judge. */
export const ON_REQUEST_OF_EXPLORATIONS: readonly Checker[] = [noCrowdingWhileATickPasses];

/** New checkers of those among these properties that are judged on request and need an account of a run. */
export function checkersOfRunsOnRequest(config: Configuration, properties: readonly PropertyId[]): Checker[] {
  return properties.flatMap((id) => OF_RUNS[id]?.(config) ?? []);
}
