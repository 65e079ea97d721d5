import { inFlightMb } from '../parts/leaks.ts';
import { mutantOf } from '../parts/mutant.ts';
import { settlesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'the-disk-survives-a-crash',
  sentence: 'A machine that joins after a crash waits for the transfer that was in flight before.',
  rule: 'disk-works',
  fault: () => {
    const waiting = new Set<number>();
    return {
      hears({ stimulus, state }) {
        if (stimulus.type === 'crash' && inFlightMb(state.machines[stimulus.machine]!) > 0)
          waiting.add(stimulus.machine);
        return [stimulus];
      },
      pager: {
        settle: settlesBy({
          isBusy: ({ state, machine, disk }) =>
            disk.transfer !== 'none' || waiting.has(state.machines.indexOf(machine)),
        }),
      },
    };
  },
});
