import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';
import { runningFirst, willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'forgets-to-preempt-for-memory',
  sentence: 'A newcomer that does not fit beside those who run waits, though it outranks them.',
  rule: 'run-the-highest',
  fault: () => {
    const forgetful = willRunBy({ order: runningFirst });
    let forgets = false;
    return {
      hears(moment) {
        forgets = moment.stimulus.type === 'turn';
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
