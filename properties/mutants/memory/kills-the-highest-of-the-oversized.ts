import { mutantOf } from '../parts/mutant.ts';
import { victimBy } from '../parts/victim.ts';

export const mutant = mutantOf({
  name: 'kills-the-highest-of-the-oversized',
  sentence: 'Of several that can never fit the highest is killed first.',
  rule: 'kill-iff',
  fault: () => ({
    policies: {
      exceedsMachine(state, machine) {
        const limitMb = Math.min(machine.ram, machine.usableRam + machine.swap);
        return victimBy(
          state,
          machine,
          (a, b) => Number(b.demand > limitMb) - Number(a.demand > limitMb) || b.priority - a.priority,
          ({ demand }) => demand > limitMb,
        );
      },
    },
  }),
});
