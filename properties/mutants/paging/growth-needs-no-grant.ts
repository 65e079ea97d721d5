import { setResident } from '../../../reference-impl/xx/meter.ts';
import { referencePager } from '../../../reference-impl/xx/pager.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'growth-needs-no-grant',
  sentence: 'Growth takes RAM that is free, as where a page moves at once.',
  rule: 'grant-to-run',
  fault: () => ({
    pager: {
      settle(xx, state, machine, disk) {
        for (const slot of machine.runnable) {
          const invocation = state.invocations[slot]!;
          if (invocation.phase !== 'running') continue;
          const memory = Math.min(invocation.fresh, machine.usableRam - machine.resident);
          if (memory <= 0) continue;
          invocation.fresh -= memory;
          disk.freshMb -= memory;
          setResident(xx, state, machine, invocation, invocation.resident + memory);
        }
        referencePager.settle(xx, state, machine, disk);
      },
    },
  }),
});
