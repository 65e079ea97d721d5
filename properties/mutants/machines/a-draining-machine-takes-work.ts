import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-draining-machine-takes-work',
  sentence: 'A machine that drains is placed on like any other.',
  rule: 'place-least-loaded',
  fault: () => ({
    hears({ stimulus, state }) {
      if (stimulus.type !== 'drain') return [stimulus];
      const machine = state.machines[stimulus.machine]!;
      if (machine.listedOn !== NONE || machine.live === 0) return [stimulus];
      return [{ type: 'tick' }];
    },
  }),
});
