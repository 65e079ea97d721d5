import { inFlightMb, Leaks } from '../parts/leaks.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-chunk-leaks-in-a-crash',
  sentence: 'What was in flight when a machine crashed still counts as held when it has joined again.',
  rule: 'grant-to-run',
  fault: () => {
    const leaks = new Leaks();
    return {
      hears({ stimulus, state }) {
        if (stimulus.type === 'crash')
          leaks.lose(stimulus.machine, inFlightMb(state.machines[stimulus.machine]!));
        return [stimulus];
      },
      pager: { settle: leaks.settle() },
    };
  },
});
