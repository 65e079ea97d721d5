import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';
import { runningFirst, willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'forgets-to-preempt-after-a-crash',
  sentence:
    'A caller whose callee was lost for good in a crash elsewhere waits for a core, though it outranks one that runs.',
  rule: 'run-the-highest',
  fault: () => {
    const forgetful = willRunBy({ order: runningFirst });
    let forgets = false;
    return {
      hears(moment) {
        forgets = moment.stimulus.type === 'crash';
        return [moment.stimulus];
      },
      policies: {
        willRun(state, machine, slots) {
          const fill = forgets ? forgetful : referencePolicies.willRun;
          fill(state, machine, slots);
        },
      },
    };
  },
});
