import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import type { Fault, FaultContext } from './planted.ts';
import { runningFirst, willRunBy } from './will-run.ts';

/** In steps of which this holds, those that run keep their cores. */
export function forgetsToPreemptWhen(forgetsIn: (moment: FaultContext) => boolean): () => Fault {
  const forgetful = willRunBy({ order: runningFirst });
  return () => {
    let forgets = false;
    return {
      hears(moment) {
        forgets = forgetsIn(moment);
        return [moment.stimulus];
      },
      policies: {
        willRun(state, machine, slots) {
          const fill = forgets ? forgetful : referencePolicies.willRun;
          fill(state, machine, slots);
        },
      },
    };
  };
}
