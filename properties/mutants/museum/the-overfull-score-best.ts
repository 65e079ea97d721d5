import { referencePolicies } from '../../../reference-impl/xx/policies.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'the-overfull-score-best',
  sentence:
    'Of the machines polled one whose demands exceed its RAM scores best, because its figures leave the scale.',
  rule: 'place-least-loaded',
  fault: () => ({
    policies: {
      choosePolled(state, polled, slot, newcomerMb) {
        const overfull = polled.find((machine) => {
          const { demand, usableRam } = state.machines[machine]!;
          return demand > usableRam;
        });
        return overfull ?? referencePolicies.choosePolled(state, polled, slot, newcomerMb);
      },
    },
  }),
});
