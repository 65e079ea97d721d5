import { setResident } from '../../../reference-impl/xx/meter.ts';
import { referencePager } from '../../../reference-impl/xx/pager.ts';
import { NONE } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { settlesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'what-has-come-in-is-still-in-swap',
  sentence: 'When a chunk has come in, it is fetched once more.',
  rule: 'possible-decision',
  fault: () => ({
    pager: {
      settle: settlesBy({}),
      end(xx, state, machineId) {
        const machine = state.machines[machineId]!;
        const { transfer, owner, mb } = machine.disk!;
        if (transfer === 'in' && owner !== NONE) {
          const invocation = state.invocations[owner]!;
          setResident(xx, state, machine, invocation, invocation.resident - mb);
        }
        referencePager.end(xx, state, machineId);
      },
    },
  }),
});
