import type { Configuration } from '../../model/configuration.ts';
import { Judge, type Violation } from '../../model/judge.ts';
import type { Inspector } from '../../reference-impl/simulation/simulate.ts';
import { verdictText } from '../verdict-text.ts';

/** A judge that looks at every step of a simulation, up to the first that is refused. */
export interface Onlooker extends Inspector {
  readonly violation: Violation | null;
}

export function createOnlooker(configuration: Configuration): Onlooker {
  const judge = new Judge(configuration);
  let violation: Violation | null = null;
  return {
    get violation() {
      return violation;
    },
    step({ at, stimulus, decisions }) {
      violation ??= judge.step(at, stimulus, decisions);
    },
    verdict: () => verdictText(judge.steps, violation?.message ?? null),
  };
}
